"""A PostgreSQL server of one's own: private folder and socket, gone when the tests end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.support.migrated import folder_copied

# The number only names the socket file: nothing listens on the network.
PORT = "5432"


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl, newest version first; Debian does not put it on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name))
    on_path = shutil.which("pg_ctl")
    candidates = [*debian, *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


@dataclass(frozen=True)
class Server:
    folder: Path
    programs: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def user(self) -> str:
        # The server refuses to run as root; Debian's package has made this user.
        return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    @property
    def prefix(self) -> list[str]:
        return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*self.prefix, str(self.programs / program), *arguments],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode:
            log = self.folder / "log"
            told = log.read_text(errors="replace")[-2_000:] if log.exists() else ""
            raise RuntimeError(f"{program} failed: {done.stdout}{done.stderr}{told}")

    def start(self, kept: Path | None = None) -> None:
        """With nothing in it, or with what a stopped server left in the kept folder."""
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        if kept is None:
            self._initialise()
        else:
            folder_copied(kept, self.data)
        # Nothing here has to survive a power cut. Room for the races' many connections. What comes last holds.
        with (self.data / "postgresql.auto.conf").open("a") as settings:
            settings.write(
                f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nport = {PORT}\nfsync = off\n"
                "synchronous_commit = off\nfull_page_writes = off\nmax_connections = 200\n"
            )
        self.resume()

    def _initialise(self) -> None:
        self.run(
            "initdb",
            "-D",
            str(self.data),
            "-U",
            self.user,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )

    def pause(self) -> None:
        """Stop it as an operator does, with everything kept."""
        self.run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def resume(self) -> None:
        """Start it with the settings that its folder holds."""
        # As a server process of its own session, the output must not hold pytest's pipes open.
        self.run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "start")

    def processes(self) -> list[int]:
        """Its own processes, the first of all before those that it made."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql://{self.user}@/{name}?host={quote(str(self.folder))}&port={PORT}"


def version_of_server() -> str:
    """What a folder that one server leaves must have in common with the server that is started in it."""
    return f"{find_programs()} {os.geteuid()}"


def start_server(kept: Path | None = None) -> Server:
    programs = find_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL's server programs are not installed.")
    server = Server(folder=Path(tempfile.mkdtemp(prefix="samordna-pg-")), programs=programs)
    server.start(kept)
    return server

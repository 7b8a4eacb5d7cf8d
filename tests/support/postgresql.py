"""A PostgreSQL server of one's own: private folder and socket, gone when the tests end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

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

    def start(self) -> None:
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        data = str(self.folder / "data")
        self.run(
            "initdb",
            "-D",
            data,
            "-U",
            self.user,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        # Nothing here has to survive a power cut. Room for the races' many connections.
        with (self.folder / "data" / "postgresql.auto.conf").open("a") as settings:
            settings.write(
                f"listen_addresses = ''\nunix_socket_directories = '{self.folder}'\nport = {PORT}\nfsync = off\n"
                "synchronous_commit = off\nfull_page_writes = off\nmax_connections = 200\n"
            )
        self.resume()

    def pause(self) -> None:
        """Stop it as an operator does, with everything kept."""
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "fast", "-w", "stop")

    def resume(self) -> None:
        """Start it with the settings that its folder holds."""
        # As a server process of its own session, the output must not hold pytest's pipes open.
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w", "start")

    def processes(self) -> list[int]:
        """Its own processes, the first of all before those that it made."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql://{self.user}@/{name}?host={quote(str(self.folder))}&port={PORT}"


def start_server() -> Server:
    programs = find_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL's server programs are not installed.")
    server = Server(folder=Path(tempfile.mkdtemp(prefix="samordna-pg-")), programs=programs)
    server.start()
    return server

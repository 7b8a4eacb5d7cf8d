"""Names to put together. Family names are made up of pieces, so that no known person is met with."""

from samordna.demo.persons.words import words

WOMEN_OLD = words(
    "Gun-Britt Maj Ingrid Astrid Elsa Märta Birgit Greta Karin Rut Svea Vera Inga-Lill Sonja "
    "Ulla-Britt Barbro Kerstin Margit Berit Gunvor Solveig Anna-Greta Siv Marianne Eivor Dagny Iris "
    "Ruth Aina Gerd"
)
MEN_OLD = words(
    "Karl-Erik Sven-Olof Åke Gösta Rune Nils Bertil Arne Harry Stig Lennart Ingvar Bo Folke Evert "
    "Holger Tage Knut Valter Sixten Roland Gunnar Helge Bengt Allan Einar Lars-Göran Hilding Torsten "
    "Erik"
)
WOMEN = words(
    "Maria Jenny Sofie Camilla Therese Annika Lina Malin Pernilla Elin Katarina Susanna Ulrika "
    "Jessica Rebecka Helena Matilda Emelie Veronica Nina Charlotte Carolina Ida Sandra Marlene "
    "Johanna Linda Frida"
)
MEN = words(
    "Tommy Johan Andreas Fredrik Patrik Jimmy Kristoffer Mikael Niklas Robin Marcus Jesper Linus "
    "Anton Kent Joakim Mattias Stefan Tobias Viktor Daniel Pontus Rickard Jonny Conny Emil Simon "
    "Peter"
)
GIRLS = words(
    "Alva Wilma Ebba Tuva Ellie Signe Lova Stina Nova Märta Elsa Tilde Vera Juni Livia Freja Hedda Moa"
)
BOYS = words(
    "Noah Hugo Melvin Elliot Sixten Vidar Albin Loke Charlie Ture Arvid Theo Frans Malte Nils Ivar Milo Otto"
)

FAMILY_START = words(
    "Asp Björk Dal Ek Fall Gran Hag Hed Hägg Kvarn Lin Lund Löv Mark Mo Myr Norr Näs Rönn Sand Sjö "
    "Skog Sten Strand Sund Svan Tall Vall Vik Ång Äng Öst"
)
FAMILY_END = words("torp stig vind mo hed brand kulla åsen sved rud gård bygd")

FAMILIES = [f"{start}{end}" for start in FAMILY_START for end in FAMILY_END if start.lower() != end]

# Language, women's names, men's names, family names.
OTHER_TONGUES = (
    ("arabiska", "Rana Samar Huda Lamis", "Yasin Tarek Nabil Firas", "Al-Sabahi Darwishan Haddadin Khourani"),
    ("somaliska", "Hodan Ifrah Nimco", "Abdirahin Liban Yusuf", "Warsamedin Abdikarinle Farahsade"),
    ("finska", "Aino Sirpa Tuulikki", "Pentti Seppo Veikko", "Koivusalmela Rantakero Niemistöinen"),
    ("dari", "Parwin Shirin Laila", "Farid Hamed Navid", "Noorzadeh Rahimpur Amirzay"),
    ("tigrinja", "Saba Winta Feven", "Tesfay Yonas Filmon", "Ghebremichel Habtezgi Woldeselas"),
    ("bosniska", "Amra Jasna Mirela", "Emir Nedim Adnan", "Begovara Hadzimuran Delicovic"),
)

# Streets that no town of the county has.
STREETS = words(
    "Tranbärsgränd Morkullebacken Svanviksgränd Kastanjerundan Smedjetäppan Nejlikerundan Skoltäppan "
    "Blåmesrundan Hjortronbacken Lavendelgången Slåtterrundan Fläderbärsgränd Tjärblomstigen "
    "Videungerundan"
)
MUNICIPALITIES = ("Katrineholm",) * 8 + ("Vingåker", "Flen", "Eskilstuna", "Nyköping")

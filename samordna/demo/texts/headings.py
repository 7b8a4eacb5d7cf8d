"""Headings of goals, from the individual's own perspective (V-51): the county's setting, and what goals stand under."""

IMPORTANT = "Det här är viktigt för mig"
HELP = "Det här behöver jag hjälp med"
FEEL = "Så här vill jag må"
HOME = "Så här vill jag bo"
DAYS = "Så här vill jag ha mina dagar"
SCHOOL = "Så här vill jag ha det i skolan"
NEAR = "De här vill jag ha nära mig"
ALL = (IMPORTANT, HELP, FEEL, HOME, DAYS, SCHOOL, NEAR)

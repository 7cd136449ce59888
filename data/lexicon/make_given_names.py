#!/usr/bin/env python3
"""Makes given_names.tsv: given names, lower case, with the gender of those that the census has for one mostly: m, f or -.

usage: make_given_names.py NAMES_PACKAGE_DIR REGISTER_CSV > given_names.tsv

NAMES_PACKAGE_DIR is the unpacked PyPI package `names` (files dist.male.first and dist.female.first: the given names of the
1990 United States Census, a work of the US government, public domain). REGISTER_CSV is the register of visits of foreign
leaders to the United States (Office of the Historian, public domain): the first word of each visitor's name after the office.
"""
import csv, re, sys, unicodedata

NOT_GIVEN = set("""virginia chelsea israel may april august june christian will georgia asia china india jordan chad kenya florida
carolina dakota montana paris london sydney austin houston dallas trinidad york france england ireland holland wales berlin rich
long so my an man see in a the young king queen prince duke earl major general president prime minister vice foreign sultan emir
amir sheikh crown secretary chancellor premier chairman pope many love hope faith joy rose sunday royal sir mr mrs baron don
dominica santo cuba columbia vienna florence milan geneva odessa savannah cheyenne""".split())


# Given names of office holders abroad that the census lacks or has otherwise; by hand.
WOMEN = set("""ursula angela annalena federica tzipi cristina gloria catherine condoleezza hillary jacinda helen julia kamala giorgia michele
anna karin tarja dilma michelle ellen jose-manuela park-geun yulia khaleda sheikha hina nirupama sushma retno aung sahle ameenah salome
maia vjosa kaja mette sanna magdalena ingrida dalia laimdota kersti zuzana""".split())
MEN = set("""antony vladimir sergei sergey yevgeny dmitry volodymyr recep emmanuel mahmoud mahmud mohammed mohammad muhammad mohamed ahmed
abdul abdel abdallah abdullah hossein hassan ali bashar hakan mevlut naftali yair benjamin binyamin shimon ehud ariel silvan junichiro
shinzo taro fumio yoshihide narendra manmohan imran pervez hamid ashraf nouri nuri jalal haider mustafa susilo joko ferdinand rodrigo
thaksin nguyen hun norodom goh julius thabo jacob cyril olusegun muhammadu goodluck uhuru yoweri idriss kofi boutros javier luiz hugo evo
nicolas mauricio jair alberto felipe enrique vicente andres gerhard olaf frank-walter joschka heiko jean-claude jacques dominique
jean-marc pascal silvio romano mario giuseppe massimo jose-manuel jens anders jaap josep barack lloyd viktor andrzej lech jaroslaw
aleksander vaclav milos janez borut ivo stipe boris zoran hashim aleksandar giorgi nikol ilham heydar nursultan kassym-jomart islam
shavkat saparmurat gurbanguly emomali askar kurmanbek jose mahathir donald tony pope""".split())


# Names that mean the other gender, or either, in other languages; by hand.
UNSURE = set("""jean andrea nicola simone dominique joan laurence michele claude kim jan marion carol alexis sasha robin leslie valery jaime
ali noor sam chris pat gabriele daniele raffaele rene andree nikita misha kyung jung min sun young jamie morgan taylor jordan angel
guadalupe carmen trinidad rosario ronnie terry tracy stacy kelly casey jackie lynn dana jessie johnnie willie bobbie billie frankie
marian yael noa lee dale shannon""".split())


def fold(name):
    return unicodedata.normalize("NFC", name).lower().strip(".,")


def main(package, register):
    names = set()
    shares = {"male": {}, "female": {}}
    for part in ("male", "female"):
        for line in open(f"{package}/dist.{part}.first", encoding="ascii"):
            name, share, *_ = line.split()
            shares[part][fold(name)] = float(share)
            if float(share) >= 0.004:
                names.add(fold(name))
    office = re.compile(r"^(?:(?:Deputy|Vice|Prime|Foreign|Crown|Acting|Interim|Former|Federal|State|Grand|of|the|General|Council|Affairs)\s+)*"
                        r"(?:President|Minister|King|Queen|Chancellor|Premier|Sultan|Amir|Emir|Pope|Prince|Princess|Secretary|Chairman|Emperor|Taoiseach|Sheikh)\s+")
    for row in csv.DictReader(open(register, encoding="utf-8")):
        for visitor in re.split(r"[;,]| and ", row["visitors"]):
            name = office.sub("", visitor.strip())
            words = name.split()
            if name != visitor.strip() and len(words) >= 2 and words[0].isalpha() and words[0][0].isupper() and len(words[0]) > 1:
                names.add(fold(words[0]))
    extra = """antony vladimir sergei sergey milan xi wang yang li hu wen yevgeny dmitry volodymyr recep emmanuel ursula mahmoud mahmud mohammed mohammad
muhammad mohamed ahmed abdul abdel abdallah abdullah hossein hassan ali ayatollah bashar hakan mevlut naftali yair benjamin binyamin
shimon ehud ariel silvan tzipi kim ban junichiro shinzo taro fumio yoshihide narendra manmohan imran pervez hamid ashraf nouri nuri
jalal haider mustafa susilo joko ferdinand rodrigo gloria thaksin nguyen hun norodom lee goh julius thabo jacob cyril olusegun muhammadu
goodluck paul uhuru william yoweri idriss kofi boutros javier jose luiz hugo evo nicolas cristina mauricio jair alberto felipe enrique
vicente andres angela gerhard olaf frank-walter joschka annalena heiko jean-claude jacques dominique catherine jean-marc pascal michele
silvio romano mario giuseppe giorgia massimo jose-manuel jens anders jaap charles donald josep catherine federica bernard condoleezza
hillary barack kamala lloyd pedro antonio mariano marcelo anibal viktor andrzej lech jaroslaw aleksander vaclav milos janez borut
ivo stipe boris zoran hashim aleksandar mikheil salome giorgi serzh nikol ilham heydar nursultan kassym-jomart islam shavkat saparmurat
gurbanguly emomali askar kurmanbek sooronbay sadyr tsai ma chen chiang park moon yoon roh goodwill jacinda anthony julia kevin tony helen""".split()
    names |= {fold(n) for n in extra}
    print("# Given names, lower case. Made by make_given_names.py from the PyPI package `names` (US Census 1990, public domain) and the")
    print("# register of visits of foreign leaders (Office of the Historian, public domain), with additions by hand.")
    print("word\tgender")
    for name in sorted(names):
        if name and name not in NOT_GIVEN:
            he, she = shares["male"].get(name, 0.0), shares["female"].get(name, 0.0)
            by_share = "-" if max(he, she) < 0.02 or name in UNSURE else "m" if he > 8 * she else "f" if she > 8 * he else "-"
            print(f"{name}\t{'f' if name in WOMEN else 'm' if name in MEN else by_share}")


if __name__ == "__main__":
    main(*sys.argv[1:3])

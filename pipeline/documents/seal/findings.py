"""What verification can find, each with the Danish sentence a person reads."""

from enum import Enum


class Finding(Enum):
    """The value is the sentence; the name is for machines and tests."""

    NOT_A_PDF = "Filen er ikke en PDF-fil, eller den er tom."
    ENCRYPTED = "Filen er låst med et kodeord og kan ikke kontrolleres. Bed om en udgave uden kodeord."
    DAMAGED = "Filen er beskadiget og kan ikke læses. Bed om en ny kopi."
    TOO_DEMANDING = "Filen kunne ikke kontrolleres inden for de grænser, der gælder. Bed om en ny kopi."
    JUNK_BEFORE = "Der er sat noget ind foran dokumentet i filen. Dokumentet er ikke, som det blev forseglet."
    NOT_SEALED = "Dokumentet er ikke forseglet."
    OTHER_FIELDS = "Dokumentet har felter, der kan udfyldes eller ændres, efter at det er forseglet."
    VISIBLE_SIGNATURE = "En underskrift er anbragt synligt i dokumentet og kan dække over det, der står."
    UNKNOWN_KIND = "Dokumentet har en underskrift af en slags, der ikke kan kontrolleres."
    BAD_BYTE_RANGE = "En underskrift dækker ikke dokumentet sådan, som en underskrift skal."
    BAD_CONTAINER = "Selve underskriften er ændret eller ikke skrevet, som en underskrift skal være."
    CHANGED = "Dokumentet er ændret, efter at det blev underskrevet."
    NOT_WHOLE_FILE = "Der er føjet noget til filen, efter at den sidst blev underskrevet."
    LATER_CHANGE = "Der er ændret i dokumentet, efter at det blev forseglet."
    NOT_CERTIFYING = "Den første underskrift er ikke et segl, der låser dokumentets indhold."
    NOT_OUR_SEAL = "Seglet er ikke et af kommunens egne."
    NO_TIMESTAMP = "Underskriften mangler et tidsstempel, så tidspunktet kan ikke bevises."
    BAD_TIMESTAMP = "Underskriftens tidsstempel passer ikke til underskriften."
    TIMESTAMP_IN_FUTURE = "Underskriftens tidsstempel ligger ude i fremtiden."
    NO_VALIDATION_DATA = "Dokumentet mangler de oplysninger, der skal til for at kontrollere underskriften."
    STRAY_CERTIFICATE = "Underskriften har et certifikat med, som ikke hører til den."
    SIGNER_UNTRUSTED = "Underskriverens certifikat kommer ikke fra en udsteder, vi stoler på."
    SIGNER_REVOKED = "Underskriverens certifikat var spærret."
    SIGNER_EXPIRED = "Underskriverens certifikat var ikke gyldigt, da der blev skrevet under."
    SIGNER_UNFIT = "Underskriverens certifikat er ikke beregnet til at skrive under med."
    TIMESTAMP_UNTRUSTED = (
        "Tidsstemplet kommer ikke fra en tjeneste, vi stoler på. "
        "Derfor kan vi ikke sige, hvem der har forseglet dokumentet."
    )
    TIMESTAMP_REVOKED = "Tidsstempeltjenestens certifikat var spærret."
    TIMESTAMP_EXPIRED = (
        "Tidsstempeltjenestens certifikat er udløbet, så underskriften kan ikke længere bevises ud fra filen alene."
    )
    TIMESTAMP_UNFIT = "Tidsstemplets certifikat er ikke beregnet til tidsstempler."
    NOT_VALID = "Underskriften er ikke gyldig."
    NEITHER_KIND = "Filen er hverken en PDF-fil eller en bevisfil, eller den er tom."
    EVIDENCE_UNREADABLE = "Filen kan ikke læses som en bevisfil. Bed om en ny kopi."
    EVIDENCE_REPACKED = "Bevisfilen er pakket om eller ændret, siden den blev lavet."
    EVIDENCE_CHANGED = "Det, bevisfilen fortæller, er ændret, siden den blev lavet."
    EVIDENCE_FILE_CHANGED = "En fil i beviset er ikke den, der blev lagt i det."
    EVIDENCE_OTHER_FILES = "Der mangler en fil i beviset, eller der er lagt en til."
    EVIDENCE_DISAGREES = "Det, bevisfilen fortæller, passer ikke til underskrifterne i dokumentet."

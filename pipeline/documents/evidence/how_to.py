"""The text in a file of evidence that tells how it is checked, also by somebody who has nothing of ours."""

from pipeline.documents.evidence.manifest import CERTIFICATES, DOCUMENTS, MANIFEST, ROOT, SEAL

HOW_TO = "LAES-MIG.txt"
FILE_NAME = "bevis-for-underskrifter.zip"
"""What the file of evidence is called when it is handed out."""


def how_to(document: str) -> str:
    """The text, in Danish.

    Args:
        document: name of the signed PDF.
    """
    return f"""BEVIS FOR UNDERSKRIFTER

Filen viser, hvem der har skrevet under på et dokument, hvordan og hvornår.
En underskrift ved log-ind betyder: Kommunen bekræfter med sit segl, at personen var
logget ind, hvordan personen var logget ind, og hvilket dokument der blev vist. Det er ikke en
kvalificeret elektronisk underskrift. En underskrift på papir ligger i kommunens sag som en
skannet side.

DET LIGGER DER I FILEN
  {DOCUMENTS}        dokumentet med underskrifterne i, og eventuelt skannede sider
  {MANIFEST}         alle filer med kontroltal (SHA-256), det, der er sket, og tidsstempler
  {SEAL}     kommunens segl på {MANIFEST}
  {CERTIFICATES}      de certifikater, som seglet bygger på
  spaerrelister/     lister over spærrede certifikater på den tid
  SHA256SUMS         kontroltal, som programmet sha256sum kan læse

SÅDAN KONTROLLERES DET
1. Læg filen på kommunens side for kontrol af dokumenter (/tjek), eller kør:
     tilsyn verify {FILE_NAME}
   Begge finder enhver ændring i filen.

2. Uden kommunen og uden net, på en maskine med sha256sum, openssl og pdfsig:
   Pak filen ud, og kør i mappen:
     sha256sum -c SHA256SUMS
     openssl cms -verify -binary -inform DER -in {SEAL} -content {MANIFEST} \\
       -CAfile {ROOT}1.pem -purpose any -out /dev/null
     pdfsig {DOCUMENTS}{document}
   SHA256SUMS står selv i {MANIFEST}. Sammenlign kontroltallet:
     sha256sum SHA256SUMS
   Er certifikaterne udløbet siden, så føj -no_check_time til openssl. Tidsstemplerne i seglet og
   i hver underskrift viser, at certifikaterne var gyldige dengang.

3. Rodcertifikatet i filen kan alle lave. Sammenlign det med det, kommunen har offentliggjort,
   eller spørg kommunen, om det er dens. Står der DEMO i navnet, beviser filen ingenting.

Tider er skrevet med forskel til UTC. Tidszonen er Europe/Copenhagen.
"""

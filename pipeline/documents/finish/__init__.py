"""From LibreOffice's PDF to one that is PDF/A-3a and PDF/UA-1, with its attachments, and checked."""

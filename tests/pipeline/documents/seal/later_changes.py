"""Changes a sealed document afterwards: as honest signers do, and as forgers do."""

from collections.abc import Callable
from io import BytesIO

from asn1crypto import pem, tsp, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext

from pipeline.documents.seal.demo_services import DemoServices
from pipeline.documents.seal.timestamp_authority import TimestampAuthority


class QuietWriter(IncrementalPdfFileWriter):
    """Touches no metadata, as our own sealing does not."""

    def _update_meta(self) -> None:
        pass


class DirectTimestamps(TimeStamper):
    """Asks the timestamp service without a network in between."""

    def __init__(self, authority: TimestampAuthority) -> None:
        super().__init__()
        self._authority = authority

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(self._authority.answer(req.dump()))


def updated(file: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The file with one more revision."""
    writer = QuietWriter(BytesIO(file))
    change(writer)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def carelessly_sealed(file: bytes, services: DemoServices) -> bytes:
    """A certifying seal with our own key, made by pyHanko without our refusals."""
    return co_signed(file, services, certify=True, field="Segl")


def co_signed(
    file: bytes,
    services: DemoServices,
    *,
    visible: bool = False,
    certify: bool = False,
    permission: fields.MDPPerm = fields.MDPPerm.FILL_FORMS,
    field: str = "Underskrift2",
) -> bytes:
    """A second, genuine signature by the usual way of pyHanko, with timestamp and validation data."""
    key, certificate = services.pki.seal
    signer = signers.SimpleSigner.load(str(key), str(certificate))
    context = validation_context(services)
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        certify=certify,
        docmdp_permissions=permission,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=context,
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
    )
    box = (10, 10, 200, 100) if visible else None
    pdf_signer = signers.PdfSigner(
        meta,
        signer,
        timestamper=DirectTimestamps(TimestampAuthority(*services.pki.timestamp)),
        new_field_spec=fields.SigFieldSpec(field, box=box),
    )
    buffer = BytesIO()
    pdf_signer.sign_pdf(QuietWriter(BytesIO(file)), output=buffer)
    return buffer.getvalue()


def archive_timestamped(file: bytes, services: DemoServices) -> bytes:
    """A document timestamp over everything before it."""
    authority = TimestampAuthority(*services.pki.timestamp)
    stamper = signers.PdfTimeStamper(DirectTimestamps(authority), field_name="Arkiv")
    buffer = BytesIO()
    stamper.timestamp_pdf(QuietWriter(BytesIO(file)), "sha256", output=buffer)
    return buffer.getvalue()


def with_more_validation_data(file: bytes, services: DemoServices) -> bytes:
    """One more revision with nothing but a certificate added to the validation data."""
    _, _, root = pem.unarmor(services.pki.roots[0].read_bytes())
    certificate = x509.Certificate.load(root)

    def add(writer: IncrementalPdfFileWriter) -> None:
        DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=[certificate])

    return updated(file, add)


def validation_context(services: DemoServices) -> ValidationContext:
    roots = [x509.Certificate.load(pem.unarmor(path.read_bytes())[2]) for path in services.pki.roots]
    return ValidationContext(
        trust_roots=roots, crls=[services.pki.crl.read_bytes()], allow_fetching=False, revocation_mode="require"
    )


def replace_page_content(writer: IncrementalPdfFileWriter) -> None:
    page = writer.find_page_for_modification(0)[0].get_object()
    stream = generic.StreamObject(stream_data=b"0 0 m 300 300 l S")
    page[pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)


def overwrite_content_stream(writer: IncrementalPdfFileWriter) -> None:
    page = writer.find_page_for_modification(0)[0].get_object()
    reference = page.raw_get("/Contents").reference
    stream = generic.StreamObject(stream_data=b"0 0 m 300 300 l S")
    writer.objects[(reference.generation, reference.idnum)] = stream


def add_free_text(writer: IncrementalPdfFileWriter) -> None:
    annotation = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(side) for side in (0, 0, 300, 300)]),
            pdf_name("/Contents"): generic.pdf_string("Godkendt"),
        }
    )
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(annotation))


def add_attachment(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.add_object(generic.StreamObject(stream_data=b"nyt"))
    embedded = generic.DictionaryObject({pdf_name("/F"): stream})
    specification = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/Filespec"), pdf_name("/F"): generic.pdf_string("b"), pdf_name("/EF"): embedded}
    )
    writer.root["/AF"].append(writer.add_object(specification))
    writer.update_container(writer.root["/AF"])
    writer.update_root()


def change_language(writer: IncrementalPdfFileWriter) -> None:
    writer.root[pdf_name("/Lang")] = generic.pdf_string("en-GB")
    writer.update_root()


def change_metadata(writer: IncrementalPdfFileWriter) -> None:
    writer.root[pdf_name("/Metadata")] = writer.add_object(
        generic.StreamObject(
            {pdf_name("/Type"): pdf_name("/Metadata"), pdf_name("/Subtype"): pdf_name("/XML")}, stream_data=b"<x/>"
        )
    )
    writer.update_root()


def add_text_field(writer: IncrementalPdfFileWriter) -> None:
    field = generic.DictionaryObject({pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): generic.pdf_string("beløb")})
    form = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(field))
    writer.update_container(form["/Fields"])


def remove_signature(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"].raw_get(0).get_object()
    del field["/V"]
    writer.update_container(field)


def leave_unused_object(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(generic.StreamObject(stream_data=b"prepared"))


CHANGES: dict[str, Callable[[IncrementalPdfFileWriter], None]] = {
    change.__name__: change
    for change in (
        replace_page_content,
        overwrite_content_stream,
        add_free_text,
        add_attachment,
        change_language,
        change_metadata,
        add_text_field,
        remove_signature,
        leave_unused_object,
    )
}


def reader_of(file: bytes) -> PdfFileReader:
    return PdfFileReader(BytesIO(file))

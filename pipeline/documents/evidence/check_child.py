"""The process that opens a file of either kind on behalf of check; see seal/verify_child."""

from pipeline.documents.seal.verify_child import Judge, main


def _judge_of_either() -> Judge:
    from pipeline.documents.evidence.inspection import inspect_any  # noqa: PLC0415 after the limits, on purpose

    return inspect_any


if __name__ == "__main__":
    main(_judge_of_either)

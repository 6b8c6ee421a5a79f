namespace EdgeHost.Gateway.Transcriptions;

/// <summary>How a transcript is written.</summary>
internal enum TranscriptFormat
{
    Json,
    Text,
    VerboseJson,
    Srt,
    Vtt,
}

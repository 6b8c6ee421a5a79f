using System.Globalization;
using System.Text;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Gateway.Http;

namespace EdgeHost.Gateway.Transcriptions;

/// <summary>Names of transcript formats, and transcripts as text.</summary>
internal static class TranscriptFormats
{
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there is no such format.</exception>
    public static TranscriptFormat Parse(string? name) => name switch
    {
        null or "" or "json" => TranscriptFormat.Json,
        "text" => TranscriptFormat.Text,
        "verbose_json" => TranscriptFormat.VerboseJson,
        "srt" => TranscriptFormat.Srt,
        "vtt" => TranscriptFormat.Vtt,
        _ => throw Fields.Invalid("response_format", $"is '{name}'; json, text, verbose_json, srt and vtt are known."),
    };

    /// <summary>A transcript as plain text, SubRip or WebVTT.</summary>
    public static string Render(TranscriptFormat format, TranscribeResponse response)
    {
        if (format == TranscriptFormat.Text) return response.Text + "\n";
        var (decimalMark, isNumbered) = format == TranscriptFormat.Srt ? (',', true) : ('.', false);
        var text = new StringBuilder(format == TranscriptFormat.Vtt ? "WEBVTT\n\n" : string.Empty);
        for (var i = 0; i < response.Segments.Count; i++)
        {
            var segment = response.Segments[i];
            if (isNumbered) text.Append(CultureInfo.InvariantCulture, $"{i + 1}\n");
            text.Append(TimeOf(segment.StartMs, decimalMark)).Append(" --> ").Append(TimeOf(segment.EndMs, decimalMark)).Append('\n').Append(segment.Text).Append("\n\n");
        }

        return text.ToString();
    }

    private static string TimeOf(long milliseconds, char decimalMark)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{decimalMark}{time.Milliseconds:000}");
    }
}

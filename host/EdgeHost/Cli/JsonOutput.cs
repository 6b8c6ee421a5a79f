using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeHost.Host.Cli;

/// <summary>Writes one JSON value and a line end to standard output.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Action<Utf8JsonWriter> write) => Write(write, Indented);

    /// <summary>For streams: a value a line.</summary>
    public static void WriteLine(Action<Utf8JsonWriter> write) => Write(write, OneLine);

    private static void Write(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            write(writer);
        }

        buffer.Write("\n"u8);
        try
        {
            using var output = StandardOutput.Open();
            output.Write(buffer.WrittenSpan);
        }
        catch (IOException e)
        {
            if (StandardOutput.IsClosed(e)) throw new OutputClosedException(e);
            throw new EdgeHostException(ErrorCode.Unavailable, $"Standard output cannot be written: {e.Message}");
        }
    }
}

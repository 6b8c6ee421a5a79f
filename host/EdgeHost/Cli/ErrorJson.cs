using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeHost.Host.Cli;

/// <summary>An error as the map that the wire uses, in JSON.</summary>
internal static class ErrorJson
{
    public static string Format(EdgeHostException error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("code", error.Code.ToWireName());
            json.WriteString("message", error.Message);
            if (error.RetryAfter is { } delay) json.WriteNumber("retry_after_ms", (long)delay.TotalMilliseconds);
            if (error.Details.Count > 0)
            {
                json.WriteStartObject("details");
                foreach (var (name, value) in error.Details) json.WriteString(name, value);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

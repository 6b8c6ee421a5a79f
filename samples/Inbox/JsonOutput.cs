using System.Text.Encodings.Web;
using System.Text.Json;

namespace Inbox;

/// <summary>Reports for programs: one JSON object a line.</summary>
internal sealed class JsonOutput(TextWriter writer) : IMailOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Write(Report report) => writer.WriteLine(JsonSerializer.Serialize(report, Options));
}

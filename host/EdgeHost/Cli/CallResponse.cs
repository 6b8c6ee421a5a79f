using EdgeHost.Serialization;

namespace EdgeHost.Host.Cli;

/// <summary>Prints a response body; binary fields that <c>--out</c> names go to files and appear as their paths.</summary>
internal sealed class CallResponse
{
    private readonly Dictionary<string, string> _outputs;
    private readonly HashSet<string> _opened = [];

    public CallResponse(IReadOnlyList<string> outputs)
        => _outputs = outputs.Select(text => FieldAndPath.Parse("--out", text)).ToDictionary(o => o.Field, o => o.Path);

    public void Print(ReadOnlyMemory<byte> body)
    {
        var written = new HashSet<string>();
        JsonOutput.Write(writer => WireJson.WriteTo(body, writer, (field, bytes) => WriteFile(field, bytes, written)));
        if (_outputs.Keys.FirstOrDefault(field => !written.Contains(field)) is { } missing)
        {
            throw new UsageException($"The response has no binary field '{missing}' for --out.");
        }
    }

    public void PrintItem(ReadOnlyMemory<byte> item)
        => JsonOutput.WriteLine(writer => WireJson.WriteTo(item, writer, (field, bytes) => WriteFile(field, bytes, [])));

    // A field that comes again in a later item of a stream is appended, so that chunks of sound become one file.
    private string? WriteFile(string field, ReadOnlyMemory<byte> bytes, HashSet<string> written)
    {
        if (!_outputs.TryGetValue(field, out var path)) return null;
        written.Add(field);
        using var file = new FileStream(path, _opened.Add(path) ? FileMode.Create : FileMode.Append);
        file.Write(bytes.Span);
        return path;
    }
}

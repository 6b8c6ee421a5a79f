using EdgeHost.Serialization;

namespace EdgeHost.Host.Cli;

/// <summary>Prints what a call gives; binary fields that <c>--out</c> names go to files and appear as their paths.</summary>
internal sealed class CallResponse
{
    private readonly Dictionary<string, string> _outputs;
    private readonly HashSet<string> _written = [];

    public CallResponse(IReadOnlyList<string> outputs)
        => _outputs = outputs.Select(text => FieldAndPath.Parse("--out", text)).ToDictionary(o => o.Field, o => o.Path);

    /// <summary>The response of a call without items, for people and machines.</summary>
    public void Print(ReadOnlyMemory<byte> body) => JsonOutput.Write(writer => WireJson.WriteTo(body, writer, WriteFile));

    /// <summary>An item, or the response behind items: a line.</summary>
    public void PrintLine(ReadOnlyMemory<byte> body) => JsonOutput.WriteLine(writer => WireJson.WriteTo(body, writer, WriteFile));

    /// <summary>Checks at the end that every file that was asked for was written.</summary>
    /// <exception cref="UsageException">A field never came.</exception>
    public void Complete()
    {
        if (_outputs.Keys.FirstOrDefault(field => !_written.Contains(field)) is { } missing)
        {
            throw new UsageException($"The response has no binary field '{missing}' for --out.");
        }
    }

    // A field that comes again in a later item of a stream is appended, so that chunks of sound become one file.
    private string? WriteFile(string field, ReadOnlyMemory<byte> bytes)
    {
        if (!_outputs.TryGetValue(field, out var path)) return null;
        try
        {
            using var file = new FileStream(path, _written.Add(field) ? FileMode.Create : FileMode.Append);
            file.Write(bytes.Span);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The file {path} cannot be written: {e.Message}");
        }

        return path;
    }
}

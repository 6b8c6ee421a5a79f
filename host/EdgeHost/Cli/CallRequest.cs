using System.Text.Json;
using EdgeHost.Serialization;

namespace EdgeHost.Host.Cli;

/// <summary>A request's body, made of what the command line gives.</summary>
/// <param name="Body">The body.</param>
/// <param name="Files">The bytes that files gave, by field.</param>
internal sealed record CallRequest(byte[] Body, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files)
{
    /// <summary>How many of the options read standard input.</summary>
    public static int CountInputReaders(string? json, IReadOnlyList<string> files)
        => (json == "-" ? 1 : 0) + files.Count(file => file.EndsWith("=-", StringComparison.Ordinal));

    public static async Task<CallRequest> ReadAsync(string? json, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var text = json switch
        {
            null => "{}",
            "-" => await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false),
            _ => json,
        };
        var binaries = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (var file in files)
        {
            var (field, path) = FieldAndPath.Parse("--file", file);
            binaries[field] = await ReadFileAsync(path, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new UsageException("--json takes a JSON object.");
            return new CallRequest(WireJson.ToMessagePack(document.RootElement, binaries), binaries);
        }
        catch (JsonException e)
        {
            throw new UsageException($"--json is not JSON: {e.Message}");
        }
    }

    private static async Task<byte[]> ReadInputAsync(CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await Console.OpenStandardInput().CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes.ToArray();
    }

    private static async Task<byte[]> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (path == "-") return await ReadInputAsync(cancellationToken).ConfigureAwait(false);
            return await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The file {path} cannot be read: {e.Message}");
        }
    }
}

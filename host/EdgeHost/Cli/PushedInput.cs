using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using EdgeHost.Serialization;

namespace EdgeHost.Host.Cli;

/// <summary>What <c>edgehost call</c> pushes: standard input, as JSON values a line each, or as bytes cut into chunks of one field.</summary>
internal static class PushedInput
{
    /// <summary>Each line that is not empty, as MessagePack.</summary>
    /// <exception cref="UsageException">A line is not JSON; the message has its number.</exception>
    public static async IAsyncEnumerable<byte[]> LinesAsync(TextReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        while (await input.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            if (line.AsSpan().Trim().IsEmpty) continue;
            byte[] item;
            try
            {
                item = WireJson.ToMessagePack(Encoding.UTF8.GetBytes(line));
            }
            catch (Exception e) when (e is JsonException or EdgeHostException)
            {
                throw new UsageException($"Line {number} of standard input is not JSON: {e.Message}");
            }

            yield return item;
        }
    }

    /// <summary>All bytes in chunks, each an object with the one field; the last chunk may be shorter.</summary>
    public static async IAsyncEnumerable<byte[]> ChunksAsync(
        Stream input, string field, int chunkBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunk = new byte[chunkBytes];
        int read;
        do
        {
            read = await input.ReadAtLeastAsync(chunk, chunkBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (read == 0) yield break;
            using var empty = JsonDocument.Parse("{}");
            yield return WireJson.ToMessagePack(empty.RootElement, new Dictionary<string, ReadOnlyMemory<byte>> { [field] = chunk.AsMemory(0, read) });
        }
        while (read == chunkBytes);
    }
}

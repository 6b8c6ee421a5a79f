using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EdgeHost.Serialization;

namespace EdgeHost.Host.Cli;

/// <summary>What <c>edgehost call</c> pushes: JSON values a line each, or bytes cut into chunks of one field. Read as the host gives credit, never ahead.</summary>
internal static class PushedInput
{
    private const int ReadBytes = 64 * 1024;

    /// <summary>Each line that is not empty, as MessagePack.</summary>
    /// <param name="input">UTF-8 text.</param>
    /// <param name="mostBytes">A longer line is refused.</param>
    /// <param name="cancellationToken">Ends it, also while it waits for input.</param>
    /// <exception cref="UsageException">A line is not JSON or too long; the message has its number.</exception>
    public static async IAsyncEnumerable<byte[]> LinesAsync(Stream input, int mostBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: ReadBytes));
        var (number, searched, isEnd) = (0, 0L, false);
        while (!isEnd)
        {
            // A terminal's read cannot be taken back, so it is left alone.
            var result = await reader.ReadAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            var rest = result.Buffer;
            isEnd = result.IsCompleted;
            while (TryTakeLine(ref rest, searched, isEnd, out var line))
            {
                searched = 0;
                if (ToItem(line, ++number) is { } item) yield return item;
            }

            // A long line comes in many reads: none of them looks at what was looked at before.
            searched = rest.Length;
            if (searched > mostBytes) throw new UsageException($"Line {number + 1} of the input is longer than {mostBytes} bytes, the largest frame of the host.");
            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>All bytes in chunks, each an object with the one field; the last chunk may be shorter.</summary>
    /// <param name="input">The bytes; disposed at the end.</param>
    /// <param name="field">The field that takes them.</param>
    /// <param name="chunkBytes">Bytes of a chunk, at least 1.</param>
    /// <param name="cancellationToken">Ends it, also while it waits for input.</param>
    public static async IAsyncEnumerable<byte[]> ChunksAsync(
        Stream input, string field, int chunkBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var opened = input.ConfigureAwait(false);
        var chunk = new byte[chunkBytes];
        int read;
        do
        {
            read = await input.ReadAtLeastAsync(chunk, chunkBytes, throwOnEndOfStream: false, CancellationToken.None).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            if (read == 0) yield break;
            using var empty = JsonDocument.Parse("{}");
            yield return WireJson.ToMessagePack(empty.RootElement, new Dictionary<string, ReadOnlyMemory<byte>> { [field] = chunk.AsMemory(0, read) });
        }
        while (read == chunkBytes);
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, long searched, bool isEnd, out ReadOnlySequence<byte> line)
    {
        if (rest.Slice(searched).PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return true;
        }

        line = rest;
        if (!isEnd || rest.IsEmpty) return false;
        rest = rest.Slice(rest.End);
        return true;
    }

    private static byte[]? ToItem(in ReadOnlySequence<byte> line, int number)
    {
        var text = line.ToArray();
        if (text.AsSpan().Trim(" \t\r"u8).IsEmpty) return null;
        try
        {
            return WireJson.ToMessagePack(text);
        }
        catch (Exception e) when (e is JsonException or EdgeHostException)
        {
            throw new UsageException($"Line {number} of the input is not JSON: {e.Message}");
        }
    }
}

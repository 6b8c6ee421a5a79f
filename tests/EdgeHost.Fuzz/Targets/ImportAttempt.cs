using System.Diagnostics;

namespace EdgeHost.Fuzz.Targets;

/// <summary>Runs one import of a stranger's files: it ends with a graph or a typed problem, and allocates within a bound whatever the files claim.</summary>
internal static class ImportAttempt
{
    /// <summary>Between the parts of an input that stands for several files.</summary>
    public const byte Separator = 0;

    // The limits of the targets allow 1 MiB of constants, which pass through a few forms.
    private const long MostAllocatedBytes = 64L << 20;

    // Inputs of some kilobytes take milliseconds; a busy machine must not look like a slow import.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    private static readonly HashSet<ErrorCode> Expected = [ErrorCode.InvalidArgument, ErrorCode.Unimplemented, ErrorCode.ResourceExhausted, ErrorCode.AlreadyExists];

    /// <summary>Runs it.</summary>
    /// <param name="import">Returns words for what it made.</param>
    /// <param name="also">Codes with which it may end beside those that all imports have.</param>
    /// <exception cref="FuzzException">It allocated too much, took too long, or ended with a code that files cannot be to blame for.</exception>
    public static IReadOnlyCollection<string> Run(Func<IReadOnlyCollection<string>> import, params ReadOnlySpan<ErrorCode> also)
    {
        var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        IReadOnlyCollection<string> did;
        try
        {
            did = import();
        }
        catch (EdgeHostException e)
        {
            if (!Expected.Contains(e.Code) && !also.Contains(e.Code)) throw new FuzzException($"It ended with {e.Code}: {e.Message}");
            did = [Behaviour.Of(new EdgeHostException(e.Code, Common(e)))];
        }

        if (Stopwatch.GetElapsedTime(started) is var took && took > MostTime) throw new FuzzException($"It took {took}.");
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated <= MostAllocatedBytes ? did : throw new FuzzException($"{allocated} bytes were allocated.");
    }

    // What the reader of JSON says has the path and place of each document, and what is not known has names of the input's own: that it was so is enough.
    private static string Common(EdgeHostException error)
        => error.Details.ContainsKey("operators") || error.InnerException is not (null or EdgeHostException) ? error.Message[..Math.Max(0, error.Message.IndexOfAny(['(', ':']))] : error.Message;

    /// <summary>The parts of an input; those that are missing are empty.</summary>
    public static ReadOnlyMemory<byte>[] Split(ReadOnlyMemory<byte> input, int parts)
    {
        var split = new ReadOnlyMemory<byte>[parts];
        for (var i = 0; i < parts; i++)
        {
            var end = i == parts - 1 ? -1 : input.Span.IndexOf(Separator);
            split[i] = end < 0 ? input : input[..end];
            input = end < 0 ? default : input[(end + 1)..];
        }

        return split;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace EdgeHost.Benchmarks.Speech;

/// <summary>Cuts sounds into pieces of 20 ms that come as fast as they sound, one sound after another. Not thread-safe.</summary>
internal sealed class PacedPieces
{
    private const int PieceMs = 20;
    private const int BytesPerMs = 32;
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _sent;

    /// <summary>Cuts a sound.</summary>
    /// <param name="samples">16-bit samples, 16,000 a second.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Each piece when it is due, with its place in the sound.</returns>
    public async IAsyncEnumerable<(TimeSpan At, ReadOnlyMemory<byte> Piece)> OfAsync(ReadOnlyMemory<byte> samples, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var at = 0; at < samples.Length; at += PieceMs * BytesPerMs)
        {
            var wait = _sent - Stopwatch.GetElapsedTime(_started);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, cancellationToken);
            yield return (TimeSpan.FromMilliseconds(at / BytesPerMs), samples.Slice(at, Math.Min(PieceMs * BytesPerMs, samples.Length - at)));
            _sent += TimeSpan.FromMilliseconds(PieceMs);
        }
    }
}

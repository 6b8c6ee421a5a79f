using System.Buffers.Binary;
using System.Diagnostics;
using EdgeHost.Capabilities.Speech;

namespace LiveCaptions;

/// <summary>Where the sound comes from: raw samples as they come, at the speed of speech.</summary>
/// <param name="SampleRateHz">Samples a second.</param>
/// <param name="Channels">Interleaved channels.</param>
/// <param name="Format">How one sample is written.</param>
/// <param name="Pieces">The pieces.</param>
internal sealed record AudioInput(int SampleRateHz, int Channels, AudioFormat Format, IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces)
{
    private const int MicrophoneRate = 16_000;
    private const int PieceMs = 100;
    private const int HeaderBytes = 44;

    /// <summary>The microphone, by the program <c>arecord</c> (Debian: alsa-utils).</summary>
    public static AudioInput Microphone() => new(MicrophoneRate, 1, AudioFormat.S16le, ReadMicrophoneAsync());

    /// <summary>A WAV file of 16-bit samples, played in real time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="speed">How many times as fast as it was spoken.</param>
    public static AudioInput File(string path, double speed)
    {
        var bytes = System.IO.File.ReadAllBytes(path);
        if (bytes.Length < HeaderBytes || !bytes.AsSpan().StartsWith("RIFF"u8) || BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(34)) != 16)
        {
            throw new InvalidDataException($"{path} is no WAV file of 16-bit samples. 'edgehost call speech.transcribe --file audio={path}' takes other files.");
        }

        var (channels, rate) = (BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(22)), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(24)));
        return new AudioInput(rate, channels, AudioFormat.S16le, PlayAsync(bytes.AsMemory(HeaderBytes), rate * channels * 2, speed));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> PlayAsync(ReadOnlyMemory<byte> samples, int bytesPerSecond, double speed)
    {
        var piece = bytesPerSecond * PieceMs / 1000 / 2 * 2;
        var clock = Stopwatch.StartNew();
        for (var at = 0; at < samples.Length; at += piece)
        {
            var due = TimeSpan.FromSeconds(at / (double)bytesPerSecond / speed) - clock.Elapsed;
            if (due > TimeSpan.Zero) await Task.Delay(due);
            yield return samples.Slice(at, Math.Min(piece, samples.Length - at));
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadMicrophoneAsync()
    {
        using var recorder = Process.Start(new ProcessStartInfo("arecord", ["-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", $"{MicrophoneRate}"]) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException("arecord did not start.");
        try
        {
            var buffer = new byte[MicrophoneRate * 2 * PieceMs / 1000];
            while (await recorder.StandardOutput.BaseStream.ReadAsync(buffer) is > 0 and var count) yield return buffer.AsMemory(0, count);
        }
        finally
        {
            if (!recorder.HasExited) recorder.Kill();
        }
    }
}

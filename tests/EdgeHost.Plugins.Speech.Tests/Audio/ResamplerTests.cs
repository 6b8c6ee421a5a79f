using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Tests.Audio;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(8000)]
    [InlineData(11_025)]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(96_000)]
    [InlineData(44_056)]
    public void TonesKeepTheirStrengthAndPlaceUpToNineTenthsOfHalfTheLowerRate(int from)
    {
        var half = Math.Min(from, 16_000) / 2.0;
        foreach (var share in new[] { 0.02, 0.25, 0.5, 0.75, 0.9 })
        {
            var frequency = share * half;
            var output = Resample(TestSounds.Sine(frequency, from, 0.5), from, 16_000);
            var expected = TestSounds.Sine(frequency, 16_000, 0.5);
            Assert.InRange(output.Length, expected.Length - 2, expected.Length + 2);
            var error = Enumerable.Range(1000, 6000).Max(i => Math.Abs(output[i] - expected[i]));
            Assert.True(error < 0.5 * 0.012, FormattableString.Invariant($"{frequency} Hz of {from}: {error}"));
        }
    }

    [Theory]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(44_056)]
    public void TonesAboveHalfTheLowerRateAreEightyDecibelsDown(int from)
    {
        foreach (var frequency in new[] { 8010.0, 9000, (from / 2.0) - 10 })
        {
            var output = Resample(TestSounds.Sine(frequency, from, 0.5), from, 16_000);
            var loudest = Enumerable.Range(1000, 6000).Max(i => Math.Abs(output[i]));
            Assert.True(20 * Math.Log10(loudest / 0.5) < -75, FormattableString.Invariant($"{frequency} Hz of {from}: {20 * Math.Log10(loudest / 0.5)} dB"));
        }
    }

    [Theory]
    [InlineData(44_100)]
    [InlineData(8000)]
    [InlineData(44_056)]
    [InlineData(16_000)]
    [InlineData(384_000)]
    public void BlocksOfAnySizeGiveTheSame(int from)
    {
        var random = new Random(from);
        float[] input = [.. Enumerable.Range(0, 20_000).Select(_ => (random.NextSingle() * 2) - 1)];
        var whole = Resample(input, from, 16_000);
        var (resampler, queue, position) = (new Resampler(from, 16_000), new SampleQueue(), 0);
        while (position < input.Length)
        {
            var count = Math.Min(input.Length - position, random.Next(1, 700));
            resampler.Push(input.AsSpan(position, count), queue);
            position += count;
        }

        resampler.Finish(queue);
        Assert.Equal(whole, queue.Waiting.ToArray());
    }

    [Fact]
    public void SilenceWithAnOffsetStaysWhatItIs()
    {
        var output = Resample([.. Enumerable.Repeat(0.25f, 44_100)], 44_100, 16_000);
        Assert.All(output[500..^500], value => Assert.Equal(0.25f, value, 1e-5f));
    }

    [Fact]
    public void StreamIsTheSameAsTheFileWhereverItIsCut()
    {
        var raw = TestSounds.Media("mid-side.wav")[44..];
        var expected = TestSounds.ReadAll(AudioReader.Open(TestSounds.Media("mid-side.wav"), format: null, sampleRate: null, channels: null));
        var (decoder, queue, random) = (new StreamDecoder(new PcmFormat(SampleEncoding.S16, 48_000, 2)), new SampleQueue(), new Random(3));
        for (var position = 0; position < raw.Length;)
        {
            var count = Math.Min(raw.Length - position, random.Next(0, 999));
            for (ReadOnlyMemory<byte> rest = raw.AsMemory(position, count); decoder.TryPush(ref rest, queue);) Assert.True(rest.Length < count);
            position += count;
        }

        decoder.Finish(queue);
        Assert.Equal(expected, queue.Waiting.ToArray());
        Assert.Equal(150, decoder.DurationMs);
    }

    [Fact]
    public void PieceOfAnyLengthIsTakenInShortOnes()
    {
        var (decoder, queue, longest) = (new StreamDecoder(new PcmFormat(SampleEncoding.U8, 1000, 1)), new SampleQueue(), 0);
        for (ReadOnlyMemory<byte> rest = new byte[100_000]; decoder.TryPush(ref rest, queue);)
        {
            longest = Math.Max(longest, queue.Count);
            queue.Drop(queue.Count);
        }

        Assert.InRange(longest, 1, 4096 * 16);
        Assert.Equal(100_000, decoder.DurationMs);
    }

    private static float[] Resample(float[] samples, int from, int to)
    {
        var (resampler, queue) = (new Resampler(from, to), new SampleQueue());
        resampler.Push(samples, queue);
        resampler.Finish(queue);
        return queue.Waiting.ToArray();
    }
}

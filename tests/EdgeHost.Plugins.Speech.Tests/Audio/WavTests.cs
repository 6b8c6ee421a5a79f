using System.Buffers.Binary;
using EdgeHost.Capabilities.Speech;
using EdgeHost.Plugins.Speech.Audio;

namespace EdgeHost.Plugins.Speech.Tests.Audio;

public sealed class WavTests
{
    [Theory]
    [InlineData(1, 8, new byte[] { 0, 128, 192 }, new[] { -1f, 0f, 0.5f })]
    [InlineData(1, 16, new byte[] { 0, 0x80, 0, 0, 0, 0x40 }, new[] { -1f, 0f, 0.5f })]
    [InlineData(1, 24, new byte[] { 0, 0, 0x80, 0, 0, 0, 0, 0, 0x40 }, new[] { -1f, 0f, 0.5f })]
    [InlineData(1, 32, new byte[] { 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0x40 }, new[] { -1f, 0f, 0.5f })]
    [InlineData(3, 32, new byte[] { 0, 0, 0x80, 0xBF, 0, 0, 0, 0, 0, 0, 0, 0x3F }, new[] { -1f, 0f, 0.5f })]
    [InlineData(3, 64, new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0xBF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F }, new[] { -1f, 0f, 0.5f })]
    public void SamplesOfEachKindAreRead(int tag, int bits, byte[] data, float[] expected)
        => Assert.Equal(expected, TestSounds.ReadAll(WavFile.Open(TestSounds.Wav(data, tag, bits, 16_000, 1))));

    [Fact]
    public void ChannelsAreAveraged()
    {
        var stereo = TestSounds.S16([0.5f, -0.25f, 1f, 0f]);
        var mono = TestSounds.ReadAll(WavFile.Open(TestSounds.Wav(stereo, 1, 16, 16_000, 2)));
        Assert.Equal([0.125f, 0.5f], mono, (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void SizesThatAreTooLargeMeanWhatIsThere()
    {
        var file = TestSounds.Wav(TestSounds.S16(TestSounds.Sine(440, 16_000, 0.1)), 1, 16, 16_000, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), uint.MaxValue);
        Assert.Equal(1600, TestSounds.ReadAll(WavFile.Open(file)).Length);
        Assert.Equal(1499, TestSounds.ReadAll(WavFile.Open(file.AsMemory(0, file.Length - 201))).Length);
    }

    [Theory]
    [InlineData(1, 12, 16_000, 1, "format 1 with 12 bits")]
    [InlineData(85, 16, 16_000, 1, "format 85")]
    [InlineData(1, 16, 10, 1, "10 samples a second")]
    [InlineData(1, 16, 16_000, 64, "64 channels")]
    public void WhatCannotBeReadIsSaid(int tag, int bits, int rate, int channels, string words)
    {
        var error = Assert.Throws<EdgeHostException>(() => WavFile.Open(TestSounds.Wav(new byte[64], tag, bits, rate, channels)));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersThatAreNoneAreNamed()
    {
        var data = new byte[40];
        BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(12), float.NaN);
        var error = Assert.Throws<EdgeHostException>(() => TestSounds.ReadAll(WavFile.Open(TestSounds.Wav(data, 3, 32, 16_000, 1))));
        Assert.Contains("Sample 3 ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("RIFF", "neither a WAV nor a FLAC")]
    [InlineData("hello, this is a text", "neither a WAV nor a FLAC")]
    public void WhatIsNoSoundIsSaid(string text, string words)
    {
        var error = Assert.Throws<EdgeHostException>(() => AudioReader.Open(System.Text.Encoding.ASCII.GetBytes(text), format: null, sampleRate: null, channels: null));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StreamIsOfRawSamples()
    {
        var error = Assert.Throws<EdgeHostException>(() => AudioReader.RawFormat(AudioFormat.Flac, 16_000, 1));
        Assert.Contains("cannot be flac", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedHeadersAreErrorsOrSounds()
    {
        var file = TestSounds.Media("stereo-24.wav");
        var random = new Random(2);
        for (var round = 0; round < 3000; round++)
        {
            var damaged = file.AsSpan(0, random.Next(1, 200)).ToArray();
            for (var i = random.Next(6); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Assert.InRange(TestSounds.ReadAll(AudioReader.Open(damaged, AudioFormat.Wav, sampleRate: null, channels: null)).Length, 0, 10_000);
            }
            catch (EdgeHostException e)
            {
                Assert.Equal(ErrorCode.InvalidArgument, e.Code);
            }
        }
    }
}

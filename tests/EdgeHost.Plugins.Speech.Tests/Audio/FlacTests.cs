using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Audio.Flac;

namespace EdgeHost.Plugins.Speech.Tests.Audio;

/// <summary>Files that the reference encoder made, beside what its decoder makes of them.</summary>
public sealed class FlacTests
{
    [Theory]
    [InlineData("stereo-24")]
    [InlineData("noise-16")]
    [InlineData("tone-8")]
    [InlineData("mid-side")]
    public void FileIsDecodedToTheSameSamples(string name)
    {
        var (flac, wav) = (FlacFile.Open(TestSounds.Media(name + ".flac")), WavFile.Open(TestSounds.Media(name + ".wav")));
        Assert.Equal(wav.SampleRate, flac.SampleRate);
        var (decoded, expected) = (TestSounds.ReadAll(flac), TestSounds.ReadAll(wav));
        Assert.Equal(expected.Length, decoded.Length);
        Assert.All(expected.Zip(decoded), pair => Assert.Equal(pair.First, pair.Second, 1e-7f));
    }

    [Fact]
    public void FileThatIsCutOffEndsWithItsLastWholeFrame()
    {
        var file = TestSounds.Media("two-sentences.flac");
        var whole = TestSounds.ReadAll(FlacFile.Open(file));
        var cut = TestSounds.ReadAll(FlacFile.Open(file.AsMemory(0, file.Length / 2)));
        Assert.InRange(cut.Length, whole.Length / 4, whole.Length - 1);
        Assert.Equal(whole[..cut.Length], cut);
    }

    [Fact]
    public void ChangedByteIsNamedByItsTime()
    {
        var file = TestSounds.Media("two-sentences.flac");
        file[file.Length / 2] ^= 0x10;
        var error = Assert.Throws<EdgeHostException>(() => TestSounds.ReadAll(FlacFile.Open(file)));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("its frame at", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedFilesAreErrorsOrShorterSounds()
    {
        var file = TestSounds.Media("mid-side.flac");
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var damaged = file.AsSpan(0, random.Next(1, file.Length)).ToArray();
            for (var i = random.Next(4); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Assert.InRange(TestSounds.ReadAll(FlacFile.Open(damaged)).Length, 0, 200_000);
            }
            catch (EdgeHostException e)
            {
                Assert.Equal(ErrorCode.InvalidArgument, e.Code);
            }
        }
    }
}

using EdgeHost.Plugins.Vision.Faces;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Text;

namespace EdgeHost.Plugins.Vision.Tests;

public class SettingsReaderTests
{
    [Fact]
    public void FromSettings_Values_ReplaceTheDefaults()
    {
        var settings = new Dictionary<string, string>
        {
            ["imaging:max_pixels"] = "1000", ["text:detector_side"] = "640", ["faces:near_threshold"] = "0.9",
        };

        Assert.Equal(1_000, ImagingOptions.FromSettings(settings).MaxPixels);
        Assert.Equal(640, TextOptions.FromSettings(settings).DetectorSide);
        Assert.Equal(0.9f, FaceOptions.FromSettings(settings).NearThreshold);
        Assert.Equal(new FaceOptions().FarThreshold, FaceOptions.FromSettings(settings).FarThreshold);
    }

    [Theory]
    [InlineData("imaging:max_pixels", "0")]
    [InlineData("imaging:max_pixels", "500000001")]
    [InlineData("imaging:max_side", "many")]
    [InlineData("text:min_confidence", "1.5")]
    [InlineData("text:max_batch", "1.5")]
    [InlineData("faces:far_threshold", "NaN")]
    public void FromSettings_OutOfRange_NamesTheSettingAndItsRange(string key, string value)
    {
        var settings = new Dictionary<string, string> { [key] = value };

        var e = Assert.Throws<EdgeHostException>(() =>
        {
            ImagingOptions.FromSettings(settings);
            TextOptions.FromSettings(settings);
            FaceOptions.FromSettings(settings);
        });

        Assert.Equal(ErrorCode.FailedPrecondition, e.Code);
        Assert.Contains(key, e.Message, StringComparison.Ordinal);
        Assert.Contains(value, e.Message, StringComparison.Ordinal);
    }
}

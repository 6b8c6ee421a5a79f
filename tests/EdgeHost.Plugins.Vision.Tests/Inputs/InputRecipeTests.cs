using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Tests.Inputs;

public class InputRecipeTests
{
    [Fact]
    public void With_NothingSaid_KeepsTheDefaults()
    {
        var recipe = new InputRecipe { Fit = PictureFit.Centred, Pad = 7, Order = ChannelOrder.Bgr, Scales = ChannelScales.Unit };

        Assert.Equal(recipe, recipe.With(Model()));
    }

    [Fact]
    public void With_AllSaid_TakesIt()
    {
        var recipe = new InputRecipe().With(Model(("fit", "crop"), ("crop", "0.9"), ("pad", "114"), ("channels", "bgr"), ("scale", "0.5"), ("mean", "1,2,3"), ("std", "2")));

        Assert.Equal((PictureFit.Crop, 0.9f, (byte)114, ChannelOrder.Bgr), (recipe.Fit, recipe.CropShare, recipe.Pad, recipe.Order));
        Assert.Equal(new ChannelScales(new(0.25f, -0.5f), new(0.25f, -1), new(0.25f, -1.5f)), recipe.Scales);
    }

    [Theory]
    [InlineData("fit", "stretch", "squash or letterbox")]
    [InlineData("crop", "2", "0.1 to 1")]
    [InlineData("pad", "256", "0 to 255")]
    [InlineData("channels", "grey", "rgb or bgr")]
    [InlineData("std", "0", "1E-06")]
    [InlineData("mean", "1,2", "it has 2")]
    [InlineData("mean", "NaN", "a number")]
    public void With_WrongProperty_NamesItAndWhatIsAllowed(string name, string value, string part)
    {
        var e = Assert.Throws<EdgeHostException>(() => new InputRecipe().With(Model((name, value))));

        Assert.Equal(ErrorCode.FailedPrecondition, e.Code);
        Assert.Contains($"'{name}'", e.Message, StringComparison.Ordinal);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 3, 416, 320, true)]
    [InlineData(1, 320, 416, 3, false)]
    public void Of_PictureInput_IsUnderstood(int n, int a, int b, int c, bool isPlanar)
    {
        var form = InputForm.Of(Model(), new TensorDescription("x", ElementType.Float32, new TensorShape(n, a, b, c)));

        Assert.Equal(isPlanar ? new InputForm(320, 416, true) : new InputForm(416, 320, false), form);
    }

    [Fact]
    public void Of_AnySize_TakesThePropertyOrSaysThatItIsMissing()
    {
        var input = new TensorDescription("x", ElementType.Float32, new TensorShape(-1, 3, -1, -1));

        Assert.Equal(new InputForm(224, 224, true), InputForm.Of(Model(("size", "224")), input));
        Assert.Contains("'size'", Assert.Throws<EdgeHostException>(() => InputForm.Of(Model(), input)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoPicture_IsRefused()
        => Assert.Throws<EdgeHostException>(() => InputForm.Of(Model(), new TensorDescription("x", ElementType.Float32, new TensorShape(1, 1, 28, 28))));

    [Fact]
    public void Of_HugeInput_IsRefused()
        => Assert.Throws<EdgeHostException>(() => InputForm.Of(Model(), new TensorDescription("x", ElementType.Float32, new TensorShape(1, 3, 100_000, 100_000))));

    private static ModelDescription Model(params (string Name, string Value)[] properties) => new()
    {
        Id = "test",
        Version = "1",
        Variant = "fp32",
        Device = "cpu",
        DeviceKind = DeviceKind.Cpu,
        Inputs = [],
        Outputs = [],
        Properties = properties.ToDictionary(static property => property.Name, static property => property.Value),
    };
}

using EdgeHost.Host.Training.Features;
using EdgeHost.Learning.Preprocessing;
using EdgeHost.PluginSdk;

namespace EdgeHost.Host.Tests.Training.Features;

/// <summary>What a sample becomes as a model's input, and the model's output as a vector.</summary>
public sealed class FeatureShapeTests
{
    // Two columns, red above grey-blue on the left, black on the right.
    private static readonly Picture TwoByTwo = new(2, 2, 3, new byte[] { 255, 0, 0, 0, 0, 0, 51, 51, 255, 0, 0, 0 });

    public static TheoryData<long[], int, long[]?> Vectors => new()
    {
        { [-1, 4], 4, [1, 4] },
        { [1, 4], 4, [1, 4] },
        { [4], 4, [4] },
        { [-1, -1], 4, [1, 4] },
        { [-1, 2, -1], 6, [1, 2, 3] },
        { [1, 1, 2, 2], 4, [1, 1, 2, 2] },
        { [-1, 4], 5, null },
        { [-1, 4, -1], 6, null },
        { [-1, -1, -1], 6, null },
        { [8, 4], 4, null },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Vector_FillsTheInput_OrBothShapesAreNamed(long[] takes, int length, long[]? expected)
    {
        var request = Of(new PreparedSample(null, null, default, new float[length]));

        if (expected is null)
        {
            var error = Assert.Throws<EdgeHostException>(() => FeatureInput.Of(request, Takes(takes)));
            Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
            Assert.StartsWith("Step 1 (featurise with 'embed@1.0') cannot run: the model takes " + new TensorShape(takes), error.Message, StringComparison.Ordinal);
            Assert.True(takes[0] == 8 || error.Message.Contains($"vector of {length}", StringComparison.Ordinal), error.Message);
            return;
        }

        Assert.Equal(new TensorShape(expected), FeatureInput.Of(request, Takes(takes)).Shape);
    }

    [Fact]
    public void Picture_IsBroughtToLayout_Channels_AndSize()
    {
        var planes = FeatureInput.Of(Of(Picture()), Takes(-1, 3, 2, 2));
        var rows = FeatureInput.Of(Of(Picture()), Takes(1, 2, 2, 3));
        var grey = FeatureInput.Of(Of(Picture()), Takes(1, 1, 1, 2));
        var colours = FeatureInput.Of(Of(new PreparedSample(null, new Picture(2, 1, 1, new byte[] { 255, 51 }), default, null)), Takes(1, 3, 1, 2));

        Assert.Equal(new TensorShape(1, 3, 2, 2), planes.Shape);
        Assert.Equal([1, 0, 0.2f, 0, 0, 0, 0.2f, 0, 0, 0, 1, 0], planes.Values);
        Assert.Equal(new TensorShape(1, 2, 2, 3), rows.Shape);
        Assert.Equal([1, 0, 0, 0, 0, 0, 0.2f, 0.2f, 1, 0, 0, 0], rows.Values);
        Assert.Equal(new TensorShape(1, 1, 1, 2), grey.Shape);
        Assert.Equal(0, grey.Values[1]);
        Assert.InRange(grey.Values[0], 0.28f, 0.31f);
        Assert.Equal([1, 0.2f, 1, 0.2f, 1, 0.2f], colours.Values);
    }

    [Fact]
    public void Picture_ForAModelOfAnySize_MustHaveOne()
    {
        var error = Assert.Throws<EdgeHostException>(() => FeatureInput.Of(Of(Picture()), Takes(-1, 3, -1, -1)));

        Assert.Contains("[?,3,?,?], pictures of any size, and gets a picture of 2 x 2 with 3 channels; give all the same size with 'resize' first", error.Message, StringComparison.Ordinal);
        Assert.Equal(new TensorShape(1, 3, 2, 2), FeatureInput.Of(Of(Picture() with { IsScaled = true }), Takes(-1, 3, -1, -1)).Shape);
    }

    [Fact]
    public void WhatDoesNotFit_IsNamed()
    {
        Assert.Contains("[1,12], which is no picture", Problem(Picture(), Takes(1, 12)), StringComparison.Ordinal);
        Assert.Contains("[1,4,2,2], of which no size is 1 or 3 channels", Problem(Picture(), Takes(1, 4, 2, 2)), StringComparison.Ordinal);
        Assert.Contains("gets a text", Problem(new PreparedSample("hello", null, default, null), Takes(1, 12)), StringComparison.Ordinal);
        Assert.Contains("file of a sound", Problem(new PreparedSample(null, null, new byte[4], null), Takes(1, 12)), StringComparison.Ordinal);
        Assert.Contains("2 inputs ('a' [1], 'b' [?,2])", Problem(Picture(), Model([Tensor("a", 1), Tensor("b", -1, 2)])), StringComparison.Ordinal);
        Assert.Contains("Int64 [1,3]", Problem(Picture(), Model([new TensorDescription("ids", ElementType.Int64, new TensorShape(1, 3))])), StringComparison.Ordinal);
    }

    [Fact]
    public void Output_IsTheOnlyOne_OrNamed_AndOfFloats()
    {
        var two = Model([Tensor("x", 1)], [Tensor("scores", 1, 2), Tensor("boxes", 1, 4), new TensorDescription("ids", ElementType.Int64, new TensorShape(1))]);

        Assert.Equal("y", FeatureOutput.NameOf(Of(Picture()), Takes(1)));
        Assert.Equal("boxes", FeatureOutput.NameOf(Of(Picture(), output: "boxes"), two));
        Assert.Contains("'scores' Float32 [1,2], 'boxes' Float32 [1,4]", Assert.Throws<EdgeHostException>(() => FeatureOutput.NameOf(Of(Picture()), two)).Message, StringComparison.Ordinal);
        Assert.Contains("no output 'z'", Assert.Throws<EdgeHostException>(() => FeatureOutput.NameOf(Of(Picture(), output: "z"), two)).Message, StringComparison.Ordinal);
        Assert.Contains("Int64", Assert.Throws<EdgeHostException>(() => FeatureOutput.NameOf(Of(Picture(), output: "ids"), two)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_IsPooled()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        var shape = new TensorShape(1, 3, 2);

        Assert.Equal(values, FeatureOutput.Read(Of(Picture()), shape, values));
        Assert.Equal([3f, 4f], FeatureOutput.Read(Of(Picture(), pool: FeaturePool.Leading), shape, values));
        Assert.Equal([1.5f, 3.5f, 5.5f], FeatureOutput.Read(Of(Picture(), pool: FeaturePool.Trailing), shape, values));
        Assert.Equal([3f, 4f], FeatureOutput.Read(Of(Picture(), pool: FeaturePool.Leading), new TensorShape(1, 1, 3, 2), values));
        Assert.Equal(values, FeatureOutput.Read(Of(Picture(), pool: FeaturePool.Leading), new TensorShape(1, 6), values));
        Assert.Throws<EdgeHostException>(() => FeatureOutput.Read(Of(Picture()), new TensorShape(1, 0), []));
    }

    private static PreparedSample Picture() => new(null, TwoByTwo, default, null);

    private static FeatureRequest Of(PreparedSample sample, string? output = null, FeaturePool pool = FeaturePool.None)
        => new(1, new PreprocessingStep(PreprocessingStepKind.Featurise) { Model = "embed@1.0", Output = output, Pool = pool }, sample);

    private static string Problem(PreparedSample sample, ModelDescription model) => Assert.Throws<EdgeHostException>(() => FeatureInput.Of(Of(sample), model)).Message;

    private static ModelDescription Takes(params long[] shape) => Model([Tensor("x", shape)]);

    private static TensorDescription Tensor(string name, params long[] shape) => new(name, ElementType.Float32, new TensorShape(shape));

    private static ModelDescription Model(TensorDescription[] inputs, TensorDescription[]? outputs = null)
        => new() { Id = "embed", Version = "1.0", Variant = "only", Device = "cpu", DeviceKind = DeviceKind.Cpu, Inputs = inputs, Outputs = outputs ?? [Tensor("y", 1, 4)] };
}

using System.Numerics.Tensors;
using EdgeHost.Plugins.Vision.Models;
using EdgeHost.Plugins.Vision.Scenes;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;

namespace EdgeHost.Plugins.Vision.Tests.Scenes;

[Collection(nameof(VisionModels))]
public sealed class SceneHeadTests(VisionModels models)
{
    private const int Width = 1200;
    private const int Judged = 720;

    private static readonly string[] Labels = ["kitchen", "street", "unknown"];

    [Fact]
    public void Rank_Sure_IsFirst()
    {
        var ranked = SceneHead.Rank([0, 4, 1], Labels, 0.45f);

        Assert.Equal(["street", "unknown", "kitchen"], ranked.Select(static entry => entry.Label));
        Assert.Equal(1, ranked.Sum(static entry => entry.Confidence), 1e-5);
    }

    [Fact]
    public void Rank_BelowTheThreshold_IsUnknownBeforeWhatItMightBe()
    {
        var ranked = SceneHead.Rank([1, 1.1f, 0.9f], Labels, 0.45f);

        Assert.Equal(["unknown", "street", "kitchen"], ranked.Select(static entry => entry.Label));
        Assert.InRange(ranked[0].Confidence, ranked[1].Confidence, 1);
    }

    [Fact]
    public void Rank_LargeLogits_AreStillShares()
    {
        var ranked = SceneHead.Rank([300, 500, -400], Labels, 0.45f);

        Assert.Equal(("street", 1f), ranked[0]);
        Assert.Equal(0, ranked[1].Confidence, 1e-5f);
    }

    [Theory]
    [InlineData("kitchen", "indoor")]
    [InlineData("street", "outdoor")]
    [InlineData("unknown", null)]
    public void Setting_OfALabel(string label, string? setting) => Assert.Equal(setting, SceneSettings.Of(label));

    [Fact]
    public void Labels_ThatShip_HaveOneUnknown()
    {
        var labels = File.ReadAllLines(Path.Combine(Repository.Root, "plugins", "Vision", "models", "vision-scenes", "labels.txt"));

        Assert.Single(labels, SceneHead.Unknown);
        Assert.Equal(labels.Length, labels.Distinct(StringComparer.Ordinal).Count());
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task Judge_AnyVector_IsSharesOfTheShippedLabels()
    {
        using var lease = await models.Provider.LeaseAsync(SceneHead.ModelId, CancellationToken.None);

        var ranked = await new SceneHead(new LabelFile()).JudgeAsync(Vector(1, 1), lease, CancellationToken.None);

        Assert.Equal(13, ranked.Select(static entry => entry.Label).Distinct().Count());
        Assert.All(ranked, static entry => Assert.InRange(entry.Confidence, 0, 1));
        Assert.Equal("det-centernet", SceneHead.EncoderOf(lease.Model));
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task Standardise_VectorsThatDifferBehindWhatIsJudged_AreOne()
    {
        using var lease = await models.Provider.LeaseAsync(SceneHead.ModelId, CancellationToken.None);

        var one = await SceneHead.StandardiseAsync(Vector(1, 1), lease, CancellationToken.None);
        var same = await SceneHead.StandardiseAsync(Vector(1, 2), lease, CancellationToken.None);
        var other = await SceneHead.StandardiseAsync(Vector(3, 1), lease, CancellationToken.None);

        Assert.Equal(Judged, one.Length);
        Assert.Equal(1, TensorPrimitives.Norm<float>(one), 1e-3f);
        Assert.Equal(1, TensorPrimitives.Dot<float>(one, same), 1e-3f);
        Assert.True(TensorPrimitives.Dot<float>(one, other) < 0.99f);
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task Judge_VectorsOfAnotherWidth_SaysSo()
    {
        using var lease = await models.Provider.LeaseAsync(SceneHead.ModelId, CancellationToken.None);

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await SceneHead.StandardiseAsync(new float[7], lease, CancellationToken.None));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
    }

    private static float[] Vector(int seed, int rest)
    {
        var (random, other) = (new Random(seed), new Random(rest));
        var vector = new float[Width];
        for (var i = 0; i < Width; i++) vector[i] = (i < Judged ? random : other).NextSingle();
        return vector;
    }
}

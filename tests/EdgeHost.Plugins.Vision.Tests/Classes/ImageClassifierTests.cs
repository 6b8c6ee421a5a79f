using EdgeHost.Plugins.Vision.Classes;

namespace EdgeHost.Plugins.Vision.Tests.Classes;

public class ImageClassifierTests
{
    private static readonly string[] Labels = ["a", "b", "c"];

    [Fact]
    public void Top_Probabilities_AreSortedAndCut()
        => Assert.Equal([("b", 0.7f), ("c", 0.2f)], ImageClassifier.Top([0.1f, 0.7f, 0.2f], false, Labels, 2, 0));

    [Fact]
    public void Top_Logits_BecomeProbabilities()
    {
        var top = ImageClassifier.Top([MathF.Log(1), MathF.Log(2), MathF.Log(5)], true, Labels, 3, 0);

        Assert.Equal(["c", "b", "a"], top.Select(static entry => entry.Label));
        Assert.Equal([0.625f, 0.25f, 0.125f], top.Select(static entry => MathF.Round(entry.Confidence, 4)));
    }

    [Fact]
    public void Top_BelowTheLeast_IsLeftOut() => Assert.Equal("b", Assert.Single(ImageClassifier.Top([0.1f, 0.7f, 0.2f], false, Labels, 3, 0.5f)).Label);
}

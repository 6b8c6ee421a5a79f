using EdgeHost.Plugins.Vision.Vectors;

namespace EdgeHost.Plugins.Vision.Tests.Vectors;

public class PictureEmbedderTests
{
    [Fact]
    public void Pool_Map_IsTheMeanOfEachChannel()
    {
        var pooled = new List<float>();

        PictureEmbedder.Pool([1, 2, 3, 6, 10, 10, 10, 10], new TensorShape(1, 2, 2, 2), pooled);
        PictureEmbedder.Pool([7, 8], new TensorShape(1, 2), pooled);

        Assert.Equal([3, 10, 7, 8], pooled);
    }
}

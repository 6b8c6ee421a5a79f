using System.Text;
using EdgeHost.Plugins.Vision.Models;

namespace EdgeHost.Plugins.Vision.Tests.Models;

public class LabelFileTests
{
    [Theory]
    [InlineData("cat\ndog\n")]
    [InlineData("\uFEFFcat\r\ndog")]
    [InlineData("{\"model_type\":\"vit\",\"id2label\":{\"1\":\"dog\",\"0\":\"cat\"}}")]
    public void TryRead_Labels_AreInTheOrderOfTheirNumbers(string file)
    {
        Assert.Null(LabelFile.TryRead(Encoding.UTF8.GetBytes(file), out var labels));

        Assert.Equal(["cat", "dog"], labels);
    }

    [Theory]
    [InlineData("cat\n\ndog", "empty")]
    [InlineData("", "empty")]
    [InlineData("{", "JSON")]
    [InlineData("{}", "id2label")]
    [InlineData("{\"id2label\":{\"0\":\"\\ud800\"}}", "JSON")]
    [InlineData("{\"id2label\":{\"0\":\"cat\",\"2\":\"dog\"}}", "id2label")]
    [InlineData("{\"id2label\":{\"0\":\"cat\",\"1\":5}}", "id2label")]
    [InlineData("{\"id2label\":{\"-1\":\"cat\"}}", "id2label")]
    public void TryRead_WrongFile_SaysWhatIsWrong(string file, string problem)
        => Assert.Contains(problem, LabelFile.TryRead(Encoding.UTF8.GetBytes(file), out _), StringComparison.Ordinal);

    [Fact]
    public void TryRead_NoText_SaysSo() => Assert.Contains("UTF-8", LabelFile.TryRead([0xFF, 0xFE, 0x80], out _), StringComparison.Ordinal);

    [Fact]
    public void TryRead_TooManyLines_SaysSo()
        => Assert.Contains("more than", LabelFile.TryRead(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat("a", 100_002))), out _), StringComparison.Ordinal);
}

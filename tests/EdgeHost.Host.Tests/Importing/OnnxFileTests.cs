using EdgeHost.Host.Cli;
using EdgeHost.Host.Importing;
using EdgeHost.TestKit;

namespace EdgeHost.Host.Tests.Importing;

public sealed class OnnxFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Model_IsTaken()
    {
        Check(OnnxGraph.Add(1).ToModel());
        Check([0x08, 0x09, 0x3a, 0x01, 0x00]);
    }

    [Theory]
    [InlineData("")] // Nothing.
    [InlineData("0809")] // A version and no graph.
    [InlineData("3a00")] // An empty graph.
    [InlineData("3a05ff")] // A graph of five bytes, of which one is there.
    [InlineData("3affffffffffffffff7f00")] // A graph larger than any file.
    [InlineData("3affffffffffffffffff0100")] // A length of more than 63 bits.
    [InlineData("0fff")] // A kind of field that there is not.
    [InlineData("676172626167650a")] // The word garbage.
    [InlineData("80808080808080808080808080")] // A number without an end.
    public void Garbage_IsRefused(string hex) => Assert.Throws<UsageException>(() => Check(Convert.FromHexString(hex)));

    [Fact]
    public void Model_CutAnywhere_IsRefused()
    {
        var whole = OnnxGraph.Add(1).ToModel();
        var taken = Enumerable.Range(0, whole.Length).Count(length => !Refuses(whole[..length]));

        // Only where it ends between two of its outermost fields.
        Assert.InRange(taken, 0, 4);
    }

    private bool Refuses(byte[] content)
    {
        try
        {
            Check(content);
            return false;
        }
        catch (UsageException)
        {
            return true;
        }
    }

    private void Check(byte[] content)
    {
        var path = _folder.Combine("model.onnx");
        File.WriteAllBytes(path, content);
        OnnxFile.Check(path);
    }
}

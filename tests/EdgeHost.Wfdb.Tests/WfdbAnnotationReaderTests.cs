using CsCheck;

namespace EdgeHost.Wfdb.Tests;

public class WfdbAnnotationReaderTests
{
    [Fact]
    public void Annotations_WithSkipsAndTexts_AreRead()
    {
        // N at 18; skip of 70000 = 0x00011170; V 5 later; a change of rhythm at the same place with the text "(N"; the end.
        var annotations = Read(18, 1 << 2, 0, 59 << 2, 1, 0, 0x70, 0x11, 5, 5 << 2, 0, 28 << 2, 3, 63 << 2, (byte)'(', (byte)'N', 0, 0, 0, 0);

        Assert.Equal([new WfdbAnnotation(18, "N", null), new WfdbAnnotation(70_023, "V", null), new WfdbAnnotation(70_023, "+", "(N")], annotations);
        Assert.Equal([true, true, false], annotations.Select(annotation => annotation.IsBeat));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 18 })]
    [InlineData(new byte[] { 18, 4 })]
    [InlineData(new byte[] { 3, 63 << 2, 40 })]
    [InlineData(new byte[] { 0, 59 << 2, 1, 0 })]
    public void File_WithoutItsEnd_IsLost(byte[] bytes)
        => Assert.Equal(ErrorCode.DataLoss, Assert.Throws<EdgeHostException>(() => Read(bytes)).Code);

    [Fact]
    public void Positions_BeforeTheStart_AreRefused()
        => Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => Read(0, 59 << 2, 0xFF, 0xFF, 0, 0, 1, 4, 0, 0)).Code);

    [Fact]
    public void Annotations_BeyondTheLimit_AreRefused()
    {
        using var stream = new MemoryStream([1, 4, 1, 4, 1, 4, 0, 0]);

        Assert.Equal(ErrorCode.ResourceExhausted, Assert.Throws<EdgeHostException>(() => WfdbAnnotationReader.Read(stream, mostAnnotations: 2)).Code);
    }

    [Fact]
    public void Bytes_OfAnyKind_AreReadOrRefused()
        => Gen.Byte.Array[0, 80].Sample(bytes =>
        {
            try
            {
                Assert.True(Read(bytes).Count <= bytes.Length / 2);
            }
            catch (EdgeHostException e)
            {
                Assert.Contains(e.Code, new[] { ErrorCode.DataLoss, ErrorCode.InvalidArgument });
            }
        });

    private static IReadOnlyList<WfdbAnnotation> Read(params byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return WfdbAnnotationReader.Read(stream);
    }
}

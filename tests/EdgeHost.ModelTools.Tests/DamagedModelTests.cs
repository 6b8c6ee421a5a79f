namespace EdgeHost.ModelTools.Tests;

/// <summary>Whatever the bytes, reading ends with a model or a typed error, and costs no more than the bytes allow.</summary>
public class DamagedModelTests
{
    [Fact]
    public void Parse_OfEveryBeginning_EndsWell()
    {
        var bytes = SampleModels.Linear().ToBytes();

        for (var length = 0; length < bytes.Length; length++) ParseOrRefuse(bytes[..length].ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Parse_OfChangedBytes_EndsWell(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = (round % 2 == 0 ? SampleModels.Linear().ToBytes().ToArray() : SampleModels.WithUnknownFields());
            for (var change = random.Next(1, 6); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            ParseOrRefuse(bytes);
        }
    }

    [Fact]
    public void Parse_OfNoise_EndsWell()
    {
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            ParseOrRefuse(bytes);
        }
    }

    [Fact]
    public void Parse_OfALengthThatIsNotThere_AllocatesNothingForIt()
    {
        byte[] claims = [0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]; // a graph of 2 GiB, in six bytes
        ParseOrRefuse(claims);

        var before = GC.GetAllocatedBytesForCurrentThread();
        ParseOrRefuse(claims);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    [Fact]
    public void Parse_OfDeepNesting_IsRefusedBeforeTheStackEnds()
    {
        var inner = new SampleModels.Fields();
        for (var depth = 0; depth < 300; depth++)
        {
            inner = new SampleModels.Fields().Nested(1, new SampleModels.Fields().Nested(5, new SampleModels.Fields().Nested(6, inner)));
        }

        var bytes = new SampleModels.Fields().Nested(7, inner).ToArray();

        Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => ModelProto.Parse(bytes)).Code);
    }

    private static void ParseOrRefuse(byte[] bytes)
    {
        try
        {
            var model = ModelProto.Parse(bytes);
            ModelProto.Parse(model.ToBytes());
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            // Refused with a reason: what a damaged file deserves.
        }
    }
}

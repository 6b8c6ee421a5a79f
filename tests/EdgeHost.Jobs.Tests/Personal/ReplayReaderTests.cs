using System.Buffers.Binary;
using EdgeHost.Jobs.Personal;
using EdgeHost.Learning.Examples;
using EdgeHost.TestKit;

namespace EdgeHost.Jobs.Tests.Personal;

/// <summary>What a replay file may be: nothing of it is believed.</summary>
public class ReplayReaderTests
{
    [Fact]
    public void Read_OfAFile_HasItsRows_AndHoldsTheSameOnesBack()
    {
        var rows = ReplayReader.Read("r", ShippedHead.Replay(500), 2, 3);
        var again = ReplayReader.Read("r", ShippedHead.Replay(500), 2, 3);

        Assert.Equal(500, rows.Count);
        Assert.All(rows, static row => Assert.Equal(row.Label == 0, row.Features[0] > 0));
        Assert.InRange(rows.Count(static row => row.Split == ExampleSplit.Test), 60, 140);
        Assert.InRange(rows.Count(static row => row.Split == ExampleSplit.Validation), 25, 80);
        Assert.Equal(rows.Select(static row => row.Split), again.Select(static row => row.Split));
    }

    [Theory]
    [InlineData("", "does not begin as one")]
    [InlineData("RIFF0000000000000", "does not begin as one")]
    public void Read_OfSomethingElse_SaysSo(string text, string problem)
        => Assert.Contains(problem, Fails(System.Text.Encoding.ASCII.GetBytes(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData(4, 0, "it has 0 examples")]
    [InlineData(4, -5, "it has -5 examples")]
    [InlineData(4, int.MaxValue, "2147483647 examples of 2 features are 10737418247")]
    [InlineData(4, 9, "9 examples of 2 features are 57")]
    [InlineData(8, 3, "3 features, and the network takes 2")]
    [InlineData(8, int.MinValue, "-2147483648 features, and the network takes 2")]
    [InlineData(8, int.MaxValue, "2147483647 features, and the network takes 2")]
    public void Read_OfAHeaderThatLies_NamesBoth(int at, int value, string problem)
    {
        var file = ShippedHead.Replay(10);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);

        Assert.Contains(problem, Fails(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfRowsThatAreNoGood_NamesThem()
    {
        var (label, nan, infinite) = (ShippedHead.Replay(10), ShippedHead.Replay(10), ShippedHead.Replay(10));
        label[12 + 5] = 3;
        BinaryPrimitives.WriteHalfLittleEndian(nan.AsSpan(12 + 10 + 3), Half.NaN);
        BinaryPrimitives.WriteHalfLittleEndian(infinite.AsSpan(12 + 1), Half.NegativeInfinity);

        Assert.Contains("example 1 has the label 3, and the model has 3", Fails(label), StringComparison.Ordinal);
        Assert.Contains("feature 1 of example 2 is NaN", Fails(nan), StringComparison.Ordinal);
        Assert.Contains("feature 0 of example 0 is", Fails(infinite), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnyBytes_GivesRowsOrAnError()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var file = ShippedHead.Replay(1 + random.Next(6));
            for (var i = random.Next(4); i >= 0; i--) file[random.Next(file.Length)] = (byte)random.Next(256);
            Array.Resize(ref file, Math.Max(0, file.Length + random.Next(-6, 6)));
            try
            {
                Assert.NotEmpty(ReplayReader.Read("r", file, 2, 3));
            }
            catch (EdgeHostException e)
            {
                Assert.Equal(ErrorCode.FailedPrecondition, e.Code);
            }
        }
    }

    [Fact]
    public void ReadFile_ThatIsTooLargeOrNotThere_SaysSo()
    {
        using var folder = new TempFolder();
        var path = folder.Combine("replay.bin");
        File.WriteAllBytes(path, ShippedHead.Replay(1_000));

        Assert.Equal(ErrorCode.ResourceExhausted, Assert.Throws<EdgeHostException>(() => ReplayReader.ReadFile(path, 2, 3, maxBytes: 10_000)).Code);
        Assert.Equal(1_000, ReplayReader.ReadFile(path, 2, 3, maxBytes: 20_000).Count);
        Assert.Equal(ErrorCode.FailedPrecondition, Assert.Throws<EdgeHostException>(() => ReplayReader.ReadFile(folder.Combine("none"), 2, 3, maxBytes: 20_000)).Code);
    }

    [Fact]
    public void Targets_HaveLabelsInTheSharesThatTheShippedVersionGives()
    {
        Assert.Equal([0, 0, 0, 0, 1, 1, 2, 2], ReplayTargets.LabelsOf([0.5f, 0.25f, 0.25f], 0));
        Assert.Equal([2, 2, 2, 2, 2, 2, 2, 2], ReplayTargets.LabelsOf([0, 0, 1], 0.99));
        var labels = Enumerable.Range(0, 1_000).SelectMany(static i => ReplayTargets.LabelsOf([0.02f, 0.03f, 0.95f], i / 1000.0)).CountBy(static label => label).ToDictionary();
        Assert.InRange(labels[0], 150, 170);
        Assert.InRange(labels[1], 230, 250);
    }

    private static string Fails(byte[] file)
    {
        var error = Assert.Throws<EdgeHostException>(() => ReplayReader.Read("r", file, 2, 3));
        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        return error.Message;
    }
}

using EdgeHost.TestKit;
using EdgeHost.Training.Checkpoints;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Tests;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TrainingStep _step = new(Samples.Classifier(), new Adam(), new StepOptions());

    private string File => Path.Combine(_folder.Path, "run.checkpoint");

    public void Dispose()
    {
        _step.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("other", "data", "other settings")]
    [InlineData("settings", "other", "other data")]
    public void Read_OfAnotherRun_SaysWhatDiffers(string settings, string data, string difference)
    {
        CheckpointFile.Write(File, _step.State, new RunState(), "settings", "data");

        var error = Assert.Throws<EdgeHostException>(() => CheckpointFile.Read(File, _step.State, new RunState(), settings, data));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains(difference, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnotherNetwork_SaysSo()
    {
        CheckpointFile.Write(File, _step.State, new RunState(), "settings", "data");
        using var other = new TrainingStep(Samples.Classifier(classes: 5), new Adam(), new StepOptions());

        Assert.Contains("another network", Assert.Throws<EdgeHostException>(() => CheckpointFile.Read(File, other.State, new RunState(), "settings", "data")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfADamagedFile_IsDataLoss()
    {
        CheckpointFile.Write(File, _step.State, new RunState(), "settings", "data");
        var bytes = System.IO.File.ReadAllBytes(File);
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var damaged = round % 2 == 0 ? bytes[..random.Next(bytes.Length)] : [.. bytes];
            if (round % 2 == 1) damaged[random.Next(damaged.Length)] ^= 0x10;
            System.IO.File.WriteAllBytes(File, damaged);
            Assert.Equal(ErrorCode.DataLoss, Assert.Throws<EdgeHostException>(() => CheckpointFile.Read(File, _step.State, new RunState(), "settings", "data")).Code);
        }
    }

    [Fact]
    public void Write_WhereItCannot_LeavesTheOldOne()
    {
        CheckpointFile.Write(File, _step.State, new RunState(), "settings", "data");
        var before = System.IO.File.ReadAllBytes(File);
        Directory.CreateDirectory(File + ".new");

        var error = Assert.Throws<EdgeHostException>(() => CheckpointFile.Write(File, _step.State, new RunState(), "settings", "data"));

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
    }
}

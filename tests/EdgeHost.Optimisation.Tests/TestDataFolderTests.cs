using EdgeHost.ModelTools;
using EdgeHost.Optimisation.Examples;
using EdgeHost.TestKit;

namespace EdgeHost.Optimisation.Tests;

public sealed class TestDataFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly GraphProto _graph = SampleModels.Text().Graph!;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_FoldersOfNumbers_GivesThemInOrderWithOutputsAndLabels()
    {
        Write(10, "ids");
        Write(2, string.Empty, label: "3");
        Write(0, "ids", output: true);

        var examples = TestDataFolder.Read(_folder.Path, _graph);

        Assert.Equal(["test_data_set_0", "test_data_set_2", "test_data_set_10"], examples.Select(example => example.Name));
        Assert.All(examples, example => Assert.Equal([1, 2, 3, 4, 5, 6], example.Inputs["ids"].ToArray<long>()));
        Assert.Equal([1, 0, 0], examples.Select(example => example.Outputs.Count));
        Assert.Equal([null, 3, null], examples.Select(example => example.Label));
    }

    [Fact]
    public void Read_NoFolderOrNoExamples_SaysWhatIsExpected()
    {
        Assert.Equal(ErrorCode.NotFound, Assert.Throws<EdgeHostException>(() => TestDataFolder.Read(_folder.Combine("none"), _graph)).Code);
        Assert.Contains("test_data_set_0", Assert.Throws<EdgeHostException>(() => TestDataFolder.Read(_folder.Path, _graph)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingInputOrDamagedFile_NamesIt()
    {
        Directory.CreateDirectory(_folder.Combine("test_data_set_0"));
        Assert.Contains("'ids': write it as input_0.pb", Assert.Throws<EdgeHostException>(() => TestDataFolder.Read(_folder.Path, _graph)).Message, StringComparison.Ordinal);

        File.WriteAllBytes(_folder.Combine("test_data_set_0", "input_0.pb"), [0x0A, 0xFF, 0xFF]);
        var damaged = Assert.Throws<EdgeHostException>(() => TestDataFolder.Read(_folder.Path, _graph));
        Assert.Equal(ErrorCode.InvalidArgument, damaged.Code);
        Assert.Contains("input_0.pb", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MoreBytesThanTheLimit_Refuses()
    {
        Write(0, "ids");
        Write(1, "ids");

        Assert.Equal(ErrorCode.ResourceExhausted, Assert.Throws<EdgeHostException>(() => TestDataFolder.Read(_folder.Path, _graph, new ExampleLimits { MaxBytes = 100 })).Code);
        Assert.Single(TestDataFolder.Read(_folder.Path, _graph, new ExampleLimits { MaxExamples = 1 }));
    }

    private void Write(int number, string name, string? label = null, bool output = false)
    {
        var folder = _folder.Combine($"test_data_set_{number}");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "input_0.pb"), TensorProto.Of<long>(name, new TensorShape(1, 6), [1, 2, 3, 4, 5, 6]).ToBytes().ToArray());
        if (output) File.WriteAllBytes(Path.Combine(folder, "output_0.pb"), TensorProto.Of<float>(string.Empty, new TensorShape(1, 16), new float[16]).ToBytes().ToArray());
        if (label is not null) File.WriteAllText(Path.Combine(folder, "label.txt"), label);
    }
}

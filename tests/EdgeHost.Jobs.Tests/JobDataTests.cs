using EdgeHost.Jobs.Data;
using EdgeHost.Jobs.Specs;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Tests;

public class JobDataTests
{
    private static readonly JobSpec Clouds = JobSpecReader.Read(Specs.Clouds());

    [Fact]
    public void Build_OfOneLabelAlone_SaysToRecordOthers()
    {
        var error = Fails(static builder => AddAll(builder, ("only", [0f, 1f]), ("only", [1f, 1f])));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("All 2 examples to learn from have the label 'only'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OfNothing_SaysToRecord()
    {
        var error = Fails(static builder => AddAll(builder, (null, [0f, 1f])));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("1 without a label", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OfWhatIsNoNumber_NamesTheExample()
    {
        var error = Fails(static builder => AddAll(builder, ("a", [0f, float.NaN])));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("Value 1 of example 0 is NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OfAnotherLength_NamesBoth()
    {
        var error = Fails(static builder => AddAll(builder, ("a", [0f, 1f, 2f])));

        Assert.Contains("example 0 becomes 3 values", error.Message, StringComparison.Ordinal);
        Assert.Contains("'x' takes [2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OfMoreLabelsThanOutputs_SaysHowWideToMakeIt()
    {
        var error = Fails(static builder => AddAll(builder, ("a", [0f, 1f]), ("b", [1f, 1f]), ("c", [2f, 1f])));

        Assert.Contains("make the last layer 3 wide", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OfOddData_WarnsWithNumbers()
    {
        var builder = new DataBuilder(Clouds, []);
        AddAll(builder, ("a", [0f, 1f]), ("b", [0f, 1f]), ("b", [1f, 1f]), (null, [5f, 5f]));

        var data = builder.Build(4, "features");

        Assert.Equal(["a", "b"], data.Labels);
        Assert.Contains(data.Warnings, static warning => warning.StartsWith("1 examples become the same vector", StringComparison.Ordinal));
        Assert.Contains(data.Warnings, static warning => warning.StartsWith("1 examples have no label", StringComparison.Ordinal));
        Assert.Contains(data.Warnings, static warning => warning.Contains("no examples for tests", StringComparison.Ordinal));
    }

    [Fact]
    public void LabelTable_KeepsPlacesAndCountsNumbers()
    {
        Assert.Equal(["0", "2", "10"], LabelTable.Of(["10", "2", "0", "2"], []));
        Assert.Equal(["z", "a", "b"], LabelTable.Of(["b", "a", "z"], ["z"]));
    }

    [Fact]
    public void Inline_OfUnevenLists_NamesThem()
    {
        var spec = JobSpecReader.Read(Specs.Xor(data: """{ "inputs": { "x": [[0,0],[0,1,2]] }, "labels": ["0","1"] }"""));

        var error = Assert.Throws<EdgeHostException>(() => InlineReader.Read(spec, []));

        Assert.Contains("'x' of example 1 has 3 values", error.Message, StringComparison.Ordinal);
    }

    private static EdgeHostException Fails(Action<DataBuilder> add) => Assert.Throws<EdgeHostException>(() =>
    {
        var builder = new DataBuilder(Clouds, []);
        add(builder);
        builder.Build(1, "features");
    });

    private static void AddAll(DataBuilder builder, params (string? Label, float[] Values)[] rows)
    {
        for (var i = 0; i < rows.Length; i++) builder.Add($"example {i}", ExampleSplit.Train, rows[i].Label, rows[i].Values);
    }
}

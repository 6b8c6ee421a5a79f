using EdgeHost.Jobs.Specs;

namespace EdgeHost.Jobs.Tests;

public class JobSpecTests
{
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "\"steps\": 800", "\"stepps\": 800", "'stepps' does not exist; did you mean 'steps'?" },
        { "\"rate\":0.1", "\"rat\":0.1", "'optimiser.rat' does not exist; did you mean 'rate'?" },
        { "\"kind\":\"adam\"", "\"kind\":\"adan\"", "did you mean 'adam'?" },
        { "\"task\": \"classify\"", "\"task\": \"clasify\"", "did you mean 'classify'?" },
        { "\"batch\": 4", "\"batch\": 0", "'batch' is 0; it must be a whole number from 1 to 65536" },
        { "\"steps\": 800", "\"steps\": 800, \"epochs\": 2", "either 'steps' or 'epochs'" },
        { "\"steps\": 800", "\"steps\": 800, \"schedule\": {\"warm_up\": 800}", "'schedule.warm_up' is 800; it must be below the 800 steps" },
        { "\"model\": \"xor\"", "\"model\": \"../xor\"", "'model' is '../xor'" },
        { "\"x\": [[0,0]", "\"y\": [[0,0]", "'data.inputs.y' is no input of the network" },
        { "binary_cross_entropy", "bayesian_personalised_ranking", "[batch, 2]" },
        { "\"kind\": \"linear\", \"width\": 1, \"activation\": \"sigmoid\"", "\"kind\": \"linear\", \"width\": 1", "takes probabilities; end the network with a sigmoid" },
        { "\"kind\": \"linear\", \"width\": 3", "\"kind\": \"convolution\", \"filters\": 2, \"window\": 3", "layer 'hidden'" },
        { "\"seed\": 3", "\"seed\": 3, \"search\": {\"kind\":\"grid\",\"parameters\":{\"network.layers.hiden.width\":[2]}}", "there is no 'hiden'" },
        { "\"seed\": 3", "\"seed\": 3, \"search\": {\"kind\":\"grid\",\"parameters\":{\"batch\":[4,0]}}", "'search.parameters.batch' with the value 0" },
        { "\"seed\": 3", "\"seed\": 3, \"search\": {\"kind\":\"grid\",\"parameters\":{\"data.dataset\":[\"a\"]}}", "cannot be searched over" },
        { "\"seed\": 3", "\"seed\": 3, \"retrain\": {\"after\": 5}", "inline data never changes" },
        { "\"shape\": [2]", "\"shape\": [2000000000,2000000000,2000000000]", "more elements than can be counted" },
        { "\"seed\": 3", "\"seed\": 3,,", "The specification is no JSON" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Read_WithAMistake_SaysWhereAndWhatIsRight(string right, string wrong, string expected)
    {
        var json = Specs.Xor();
        Assert.Contains(right, json, StringComparison.Ordinal);

        var error = Assert.Throws<EdgeHostException>(() => JobSpecReader.Read(json.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfShapesThatDoNotFit_NamesTheLayerAndBothShapes()
    {
        var json = Specs.Xor().Replace(
            """{ "name": "output",""", """{ "name": "sum", "kind": "concat", "axis": 1, "inputs": ["x", "hidden"] }, { "name": "mix", "kind": "add", "inputs": ["sum", "hidden"] }, { "name": "output",""", StringComparison.Ordinal);

        var error = Assert.Throws<EdgeHostException>(() => JobSpecReader.Read(json));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("'mix'", error.Message, StringComparison.Ordinal);
        Assert.Contains("[2,5]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[2,3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfARightOne_HasAllThatItSays()
    {
        var spec = JobSpecReader.Read(Specs.Clouds(more: """
            , "schedule": {"warm_up": 5, "cosine": true, "final_share": 0.1}, "clip": 1, "early_stopping": {"patience": 3, "least_improvement": 0.01}, "validate_every": 10,
            "restarts": {"most": 2, "good_loss": 0.1}, "limits": {"time": 60}, "retrain": {"after": 20, "at_most_every": 7200},
            "search": {"kind": "grid", "parameters": {"optimiser.rate": [0.1, 0.01], "network.layers.hidden.width": [4, 8]}, "time_budget": 30, "trials": 3}
            """));

        Assert.Equal(("clouds", JobTask.Classify, "clouds", 400L), (spec.Model, spec.Task, spec.Dataset, spec.Steps));
        Assert.Equal((5L, true, 0.1f, 1f, 3, 0.01f, 10L), (spec.WarmUp, spec.HasCosine, spec.FinalShare, spec.Clip, spec.Patience, spec.LeastImprovement, spec.ValidateEvery));
        Assert.Equal((2, 0.1f, TimeSpan.FromMinutes(1), new RetrainSpec(20, TimeSpan.FromHours(2), TimeSpan.FromSeconds(5))), (spec.Restarts, spec.GoodLoss, spec.TimeLimit, spec.Retrain));
        Assert.Equal((SearchKind.Grid, 2, 3, TimeSpan.FromSeconds(30)), (spec.Search!.Kind, spec.Search.Parameters.Count, spec.Search.Trials, spec.Search.TimeBudget));
        Assert.Equal(3, Searching.Combinations.Of(spec).Count);
        Assert.Equal(Searching.Combinations.Of(spec).Select(static entry => entry.Settings), Searching.Combinations.Of(spec).Select(static entry => entry.Settings));
    }
}

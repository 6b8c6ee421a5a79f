using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Specs;
using EdgeHost.TestKit;

namespace EdgeHost.Jobs.Tests.Personal;

/// <summary>What the specification of a personal version may say.</summary>
public sealed class PersonalSpecTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ShippedHead _head;

    public PersonalSpecTests() => _head = new ShippedHead(_folder.Combine("shipped"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfAPersonalVersion_HasAllThatItSays()
    {
        var spec = JobSpecReader.Read(_head.Spec(
            """, "retrain": {"after": 3, "settle": 2.5}""", """{ "dataset": "judge", "features_of": ["eye"], "replay": "replay.bin", "replay_share": 0.7 }"""));

        Assert.Equal(("head", true, "judge", new ReplaySpec("replay.bin", 0.7)), (spec.Model, spec.IsPersonal, spec.Dataset, spec.Replay));
        Assert.Equal(["eye"], spec.FeaturesOf);
        Assert.Equal(new RetrainSpec(3, TimeSpan.FromHours(1), TimeSpan.FromSeconds(2.5)), spec.Retrain);
    }

    [Theory]
    [InlineData("\"personalises\": \"head\"", "\"personalises\": \"head\", \"model\": \"own\"", "has both 'model'")]
    [InlineData("\"personalises\": \"head\",", "", "name a shipped one in 'personalises'")]
    [InlineData("\"personalises\": \"head\"", "\"personalises\": \"app/head\"", "'personalises' is 'app/head'")]
    [InlineData("\"personalises\": \"head\"", "\"model\": \"own\"", "'data.replay' goes with 'personalises'")]
    [InlineData("\"replay.bin\"", "\"../replay.bin\"", "without folders")]
    [InlineData("\"replay\": \"replay.bin\"", "\"replay_share\": 0.5", "'data.replay', which is missing")]
    [InlineData("\"replay.bin\"", "\"replay.bin\", \"replay_share\": 1", "a number from 0.05 to 0.95")]
    [InlineData("\"replay.bin\"", "\"replay.bin\", \"features_of\": []", "must name 1 to 16 models")]
    [InlineData("\"replay.bin\"", "\"replay.bin\", \"features_of\": [5]", "has 5, which is no id")]
    [InlineData("\"replay.bin\"", "\"replay.bin\", \"features_of\": [\"eye\"], \"preprocessing\": {\"steps\": [{\"kind\": \"unit_length\"}]}", "features already")]
    [InlineData("\"dataset\": \"judge\", \"replay\": \"replay.bin\"", "\"inputs\": {\"x\": [[0, 0]]}, \"labels\": [\"left\"]", "goes with a dataset")]
    [InlineData("\"classify\"", "\"regress\"", "the task 'classify', not 'regress'")]
    public void Read_OfAWrongOne_SaysWhatIsRight(string from, string to, string problem)
    {
        var error = Assert.Throws<EdgeHostException>(() => JobSpecReader.Read(_head.Spec().Replace(from, to, StringComparison.Ordinal)));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"shape\": [2]", "\"shape\": [5]", "takes 'x' [batch, 5]")]
    [InlineData("\"name\": \"x\"", "\"name\": \"y\"", "takes 'y' [batch, 2]")]
    [InlineData("\"width\": 3", "\"width\": 4", "gives [batch, 4]")]
    [InlineData("replay.bin", "other.bin", "has no file 'other.bin'")]
    public async Task Base_OfANetworkThatDoesNotFit_NamesBoth(string from, string to, string problem)
    {
        var spec = JobSpecReader.Read(_head.Spec().Replace(from, to, StringComparison.Ordinal));
        var model = await _head.FindAsync(JobsBench.App, ShippedHead.Id, version: null, CancellationToken.None);

        var error = Assert.Throws<EdgeHostException>(() => PersonalBase.Read(spec, model, 1 << 20));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("head@1.0.0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "labels": ["a"] }""")]
    [InlineData("""{ "labels": ["a", "a", "b"] }""")]
    [InlineData("""{ "labels": [1, 2, 3] }""")]
    public async Task Base_WithoutLabels_SaysSo(string card)
    {
        File.WriteAllText(_folder.Combine("shipped", "model.json"), card);
        var model = await _head.FindAsync(JobsBench.App, ShippedHead.Id, version: null, CancellationToken.None);

        var error = Assert.Throws<EdgeHostException>(() => PersonalBase.Read(JobSpecReader.Read(_head.Spec()), model, 1 << 20));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("model.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_OfADeclaration_SayWhatDoesNotFit()
    {
        var whole = _head.Spec(""", "retrain": {"after": 3}""");

        Assert.NotNull(PersonalisationRules.Read("judge", "head", whole));
        Assert.Contains("the manifest says 'other'", Fails("judge", "other", whole), StringComparison.Ordinal);
        Assert.Contains("feedback on 'look'", Fails("look", "head", whole), StringComparison.Ordinal);
        Assert.Contains("'retrain' is missing", Fails("judge", "head", _head.Spec()), StringComparison.Ordinal);
        Assert.Contains("'personalises' is missing", Fails("xor", "xor", Specs.Xor()), StringComparison.Ordinal);

        static string Fails(string method, string model, string spec) => Assert.Throws<EdgeHostException>(() => PersonalisationRules.Read(method, model, spec)).Message;
    }
}

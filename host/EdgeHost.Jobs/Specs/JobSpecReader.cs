using System.Text.Json;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Specs;

namespace EdgeHost.Jobs.Specs;

/// <summary>Reads specifications of jobs. Whatever it does not know is an error, and every error says where and what would be right. Thread-safe.</summary>
public static class JobSpecReader
{
    private const long MostSteps = 100_000_000;
    private const int MostRestarts = 100;
    private const double MostSeconds = 30 * 24 * 3600;
    private const double MostSettling = 3600;
    private const double StandardSettling = 5;

    private static readonly Dictionary<string, JobTask> Tasks = new()
    {
        ["classify"] = JobTask.Classify, ["regress"] = JobTask.Regress, ["rank"] = JobTask.Rank,
    };

    private static readonly Dictionary<string, SearchKind> Searches = new()
    {
        ["grid"] = SearchKind.Grid, ["successive_halving"] = SearchKind.SuccessiveHalving,
    };

    private static readonly Dictionary<string, DeployStart> Starts = new()
    {
        ["stored"] = DeployStart.Stored, ["shadow"] = DeployStart.Shadow, ["canary"] = DeployStart.Canary, ["current"] = DeployStart.Current,
    };

    private static readonly JsonDocumentOptions Json = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a specification and checks all that can be checked without the data.</summary>
    /// <param name="json">The text of <c>job.json</c>.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: something in it is wrong; says where and what is allowed.</exception>
    public static JobSpec Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, Json);
            return Read(document.RootElement.Clone(), json);
        }
        catch (JsonException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The specification is no JSON: {e.Message}", e);
        }
        catch (OverflowException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, "The network has shapes of more elements than can be counted; take smaller ones.", e);
        }
    }

    /// <summary>Whether a model may have that name: 1 to 64 characters of a-z 0-9 . _ - that do not begin with a point.</summary>
    public static bool IsName(string name)
        => name.Length is > 0 and <= 64 && name[0] != '.' && name.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-');

    private static JobSpec Read(JsonElement root, string json)
    {
        var fields = new JobFields(root, string.Empty);
        var (model, isPersonal) = ReadModel(fields);
        var network = fields.Need("network");
        var shape = NetworkSpec.Describe(network);
        var task = fields.Choice("task", Tasks);
        if (isPersonal && task != JobTask.Classify) throw fields.Wrong("'personalises'", $"goes with the task 'classify', not '{NetworkRules.Name(task)}'");
        var data = DataSpecReader.Read(new JobFields(fields.Need("data"), "data"), task, isPersonal);
        if (isPersonal && data.Dataset is null) throw fields.Wrong("'personalises'", "goes with a dataset, not with inline data");
        var (optimiser, rate) = ReadOptimiser(fields.Object("optimiser"));
        var schedule = fields.Object("schedule");
        var stopping = fields.Object("early_stopping");
        var restarts = fields.Object("restarts");
        var limits = fields.Object("limits");
        var spec = new JobSpec
        {
            Model = model,
            IsPersonal = isPersonal,
            Network = network,
            Shape = shape,
            Task = task,
            Dataset = data.Dataset,
            FeaturesOf = data.FeaturesOf,
            Replay = data.Replay,
            Preprocessing = data.Preprocessing,
            Inline = data.Inline,
            Optimiser = optimiser,
            Rate = rate,
            WarmUp = schedule?.Whole("warm_up", 0, MostSteps) ?? 0,
            HasCosine = schedule?.Flag("cosine") ?? false,
            FinalShare = (float)(schedule?.Number("final_share", 0, 1) ?? 0),
            Batch = (int)(fields.Whole("batch", 1, 65_536) ?? 32),
            Steps = fields.Whole("steps", 1, MostSteps),
            Epochs = fields.Number("epochs", 0.001, 1_000_000),
            Clip = (float)(fields.Number("clip", 0, 1e9) ?? 0),
            ValidateEvery = fields.Whole("validate_every", 1, MostSteps),
            Patience = (int)(stopping?.Whole("patience", 1, 100_000) ?? 0),
            LeastImprovement = (float)(stopping?.Number("least_improvement", 0, 1e9) ?? 0),
            Seed = (ulong)(fields.Whole("seed", 0, long.MaxValue) ?? 1),
            Restarts = (int)(restarts?.Whole("most", 1, MostRestarts) ?? 1),
            GoodLoss = (float)(restarts?.Number("good_loss", 0, 1e9) ?? 0),
            Search = fields.Object("search") is { } search ? ReadSearch(search) : null,
            TimeLimit = limits?.Number("time", 0.001, MostSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Retrain = fields.Object("retrain") is { } retrain ? ReadRetrain(retrain, data.Dataset) : null,
            Deploy = fields.Object("deploy") is { } deploy ? ReadDeploy(deploy) : null,
            Json = json,
        };
        foreach (var part in new[] { schedule, stopping, restarts, limits, fields }) part?.RefuseOthers();
        if (spec.Steps is null == spec.Epochs is null) throw fields.Wrong("The specification", "must have either 'steps' or 'epochs'");
        if (spec.Steps <= spec.WarmUp) throw fields.Wrong("'schedule.warm_up'", $"is {spec.WarmUp}; it must be below the {spec.Steps} steps");
        if (spec is { Restarts: > 1, Search.Kind: SearchKind.SuccessiveHalving }) throw fields.Wrong("'restarts'", "does not go with 'successive_halving'; search over 'seed' instead");
        NetworkRules.Check(spec);
        if (spec.Search is { } settings) Searching.SpecPatch.Check(root, settings);
        return spec;
    }

    private static (string Model, bool IsPersonal) ReadModel(JobFields fields)
    {
        var (own, shipped) = (fields.Text("model"), fields.Text("personalises"));
        if (own is not null && shipped is not null) throw fields.Wrong("The specification", "has both 'model', a model of the app's own, and 'personalises', a shipped one; one of them it must be");
        var model = own ?? shipped ?? throw fields.Wrong("'model'", "is missing; give the model a name, or name a shipped one in 'personalises'");
        var place = own is null ? "'personalises'" : "'model'";
        if (!IsName(model)) throw fields.Wrong(place, $"is '{model}'; a name has 1 to 64 characters of a-z 0-9 . _ - and does not begin with a point");
        return (model, own is null);
    }

    private static (Optimiser Optimiser, float Rate) ReadOptimiser(JobFields? fields)
    {
        if (fields is null) return (new Adam(), 1e-3f);
        var kind = fields.Choice("kind", new Dictionary<string, string> { ["adam"] = "adam", ["adamw"] = "adamw", ["sgd"] = "sgd" });
        var rate = (float)(fields.Number("rate", 1e-12, 1e6) ?? 1e-3);
        var l2 = (float)(fields.Number("l2", 0, 1e6) ?? 0);
        Optimiser optimiser;
        if (kind == "sgd")
        {
            optimiser = new Sgd { L2 = l2, Momentum = (float)(fields.Number("momentum", 0, 0.9999) ?? 0) };
        }
        else
        {
            var beta1 = (float)(fields.Number("beta1", 0, 0.999999) ?? 0.9);
            var beta2 = (float)(fields.Number("beta2", 0, 0.9999999) ?? 0.999);
            var epsilon = (float)(fields.Number("epsilon", 1e-12, 1) ?? 1e-7);
            optimiser = kind == "adam"
                ? new Adam { L2 = l2, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon }
                : new AdamW { L2 = l2, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon, WeightDecay = (float)(fields.Number("weight_decay", 0, 1e6) ?? 0.01) };
        }

        fields.RefuseOthers();
        return (optimiser, rate);
    }

    private static SearchSpec ReadSearch(JobFields fields)
    {
        var kind = fields.Choice("kind", Searches);
        var parameters = new JobFields(fields.Need("parameters"), fields.Path("parameters"));
        List<(string, IReadOnlyList<JsonElement>)> values = [.. parameters.Properties().Select(field => (field.Name, parameters.List(field.Name)))];
        if (values.Count == 0 || values.Any(static value => value.Item2.Count == 0)) throw fields.Wrong("'search.parameters'", "must name at least one place with at least one value");
        var search = new SearchSpec
        {
            Kind = kind,
            Parameters = values,
            TimeBudget = fields.Number("time_budget", 0.001, MostSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Trials = (int)(fields.Whole("trials", 1, 1_000) ?? 16),
            Eta = (int)(fields.Whole("eta", 2, 10) ?? 3),
        };
        fields.RefuseOthers();
        return search;
    }

    private static DeploySpec ReadDeploy(JobFields fields)
    {
        var deploy = new DeploySpec
        {
            Start = fields.Find("start") is null ? DeployStart.Shadow : fields.Choice("start", Starts),
            MinCalls = (int?)fields.Whole("min_calls", 1, 1_000_000),
            MinAgreement = fields.Number("min_agreement", 0, 1),
            MaxLatencyRatio = fields.Number("max_latency_ratio", 0.01, 1000),
            MaxErrorRate = fields.Number("max_error_rate", 0, 1),
            MinAccuracyGain = fields.Number("min_accuracy_gain", -1, 1),
            MaxAccuracyDrop = fields.Number("max_accuracy_drop", 0, 1),
            MinFeedback = (int?)fields.Whole("min_feedback", 1, 1_000_000),
        };
        fields.RefuseOthers();
        return deploy;
    }

    private static RetrainSpec ReadRetrain(JobFields fields, string? dataset)
    {
        if (dataset is null) throw fields.Wrong("'retrain'", "goes with a dataset; inline data never changes");
        var after = (int)(fields.Whole("after", 1, 100_000_000) ?? throw fields.Wrong("'retrain.after'", "is missing; say after how many new labels"));
        var every = TimeSpan.FromSeconds(fields.Number("at_most_every", 1, MostSeconds) ?? 3600);
        var settle = TimeSpan.FromSeconds(fields.Number("settle", 0, MostSettling) ?? StandardSettling);
        fields.RefuseOthers();
        return new RetrainSpec(after, every, settle);
    }
}

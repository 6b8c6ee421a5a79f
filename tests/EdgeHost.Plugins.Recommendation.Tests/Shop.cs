using EdgeHost.Capabilities.Recommendation;
using EdgeHost.PluginSdk.Testing;

namespace EdgeHost.Plugins.Recommendation.Tests;

/// <summary>A plugin under test, and a catalogue of articles on two subjects in it.</summary>
internal sealed class Shop : IAsyncDisposable
{
    public const string Catalog = "news";
    private readonly PluginTestHost _host;
    private readonly PluginTestCall _call;

    private Shop(PluginTestHost host, PluginTestCall call)
    {
        _host = host;
        _call = call;
    }

    public static async Task<Shop> OpenAsync(params (string Key, string Value)[] settings)
        => new(await StartAsync(TimeProvider.System, settings), new PluginTestCall());

    public static Task<PluginTestHost> StartAsync(TimeProvider time, params (string Key, string Value)[] settings)
        => PluginTestHost.StartAsync(new RecommendationPlugin(), new PluginTestOptions
        {
            Time = time, Settings = settings.ToDictionary(static x => $"recommendation:{x.Key}", static x => x.Value),
        });

    public static Shop Of(PluginTestHost host, string app = "test-app") => new(host, new PluginTestCall { App = new AppIdentity(app, 1000, 1) });

    /// <summary>Ten articles on cooking, <c>c0</c> to <c>c9</c>, and ten on chess, <c>s0</c> to <c>s9</c>.</summary>
    public static IReadOnlyList<CatalogItem> Articles { get; } =
    [
        .. Enumerable.Range(0, 20).Select(static i => new CatalogItem
        {
            Item = $"{(i < 10 ? 'c' : 's')}{i % 10}",
            Title = i < 10 ? $"Soup number {i}" : $"Opening number {i % 10}",
            Tags = [i < 10 ? "cooking" : "chess"],
            Attributes = new Dictionary<string, AttributeValue> { ["words"] = (double)(100 * (i % 10)), ["author"] = i % 2 == 0 ? "Ada" : "Bob" },
        }),
    ];

    public Task<TResponse> CallAsync<TRequest, TResponse>(string method, TRequest request, CancellationToken cancellationToken = default)
        where TRequest : Serialization.IWireMessage<TRequest>
        where TResponse : Serialization.IWireMessage<TResponse>
        => _host.CallAsync<TRequest, TResponse>(method, request, _call, cancellationToken);

    public Task<PluginTestAnswer> StreamAsync(ExportRequest request) => _host.CallAsync(RecommendationMethods.Export, Serialization.WireMessageSerializer.ToArray(request), _call);

    public Task<PutItemsResponse> PutAsync(params IReadOnlyList<CatalogItem> items) => CallAsync<PutItemsRequest, PutItemsResponse>(RecommendationMethods.PutItems, new PutItemsRequest { Catalog = Catalog, Items = items });

    public Task<RecordResponse> RecordAsync(params IReadOnlyList<UserEvent> events) => CallAsync<RecordRequest, RecordResponse>(RecommendationMethods.Record, new RecordRequest { Catalog = Catalog, Events = events });

    public Task<RecommendResponse> RecommendAsync(RecommendRequest request) => CallAsync<RecommendRequest, RecommendResponse>(RecommendationMethods.Recommend, request);

    public async Task<IReadOnlyList<string>> ListAsync(string user, int count = 10)
        => [.. (await RecommendAsync(new RecommendRequest { Catalog = Catalog, User = user, Count = count })).Items.Select(static item => item.Item)];

    public Task<BuildResponse> BuildAsync(bool gate = false) => CallAsync<BuildRequest, BuildResponse>(RecommendationMethods.Build, new BuildRequest { Catalog = Catalog, Gate = gate });

    public Task<CatalogStatus> StatusAsync() => CallAsync<CatalogRequest, CatalogStatus>(RecommendationMethods.Status, new CatalogRequest { Catalog = Catalog });

    public Task<ForgetResponse> ForgetAsync(ForgetRequest request) => CallAsync<ForgetRequest, ForgetResponse>(RecommendationMethods.Forget, request);

    /// <summary>Events of readers who keep to one subject each: enough to hold some out.</summary>
    public Task<RecordResponse> RecordReadersAsync(int readers = 12)
        => RecordAsync([.. Enumerable.Range(0, readers).SelectMany(static reader => Enumerable.Range(0, 6).Select(i => Read($"reader{reader}", $"{(reader % 2 == 0 ? 'c' : 's')}{((reader * 3) + i) % 10}", (reader * 1000) + i)))]);

    public static UserEvent Read(string user, string item, long time = 1_700_000_000_000, string type = "read") => new() { User = user, Item = item, Type = type, Time = time };

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();
}

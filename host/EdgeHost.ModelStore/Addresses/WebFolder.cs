using EdgeHost.ModelStore.Manifests;
using EdgeHost.ModelStore.Sources;

namespace EdgeHost.ModelStore.Addresses;

/// <summary>A file of a server, and those that it names beside it.</summary>
internal sealed class WebFolder(ModelAddress address, HttpDownload http, ModelStoreOptions options, Action<string, long> onBytes) : AddressFolder(address, options)
{
    private readonly DownloadBudget _budget = new(options.MaxImportBytes);

    public override IReadOnlyList<string>? Files => null;

    private protected override async Task ReceiveAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            var url = NameOf(path).Url!;
            var bytes = await http.ReceiveAsync(url, path, PlaceOf(path), _budget.Left, received => onBytes(path, received), cancellationToken).ConfigureAwait(false);
            _budget.Take(path, bytes);
        }
    }

    // A query may be a token that leads to the file: it belongs to the address alone.
    private protected override FileSource NameOf(string path)
        => Address.SourceOf(path == FileNameOf(Address.Url!) ? Address.Url!.AbsoluteUri : string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));

    /// <summary>The file's name at the end of an address.</summary>
    public static string FileNameOf(Uri url) => Uri.UnescapeDataString(url.Segments[^1]);
}

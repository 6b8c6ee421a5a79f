using EdgeHost.Client;
using TestPlugins.Ledger;

// An app to be killed: reads an endless stream whose request is in shared memory, and prints a line an item. Arguments: socket, ledger, model.
const int PayloadBytes = 1 << 20;
await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { Endpoint = args[0], AppName = "follower" });
using var payload = await client.RentBufferAsync(PayloadBytes);
payload.Span.Fill(1);
var request = new FollowRequest { Ledger = args[1], Model = args[2], Payload = payload.Memory };
await foreach (var item in client.StreamAsync<FollowRequest, FollowItem>(FollowRequest.Method, request))
{
    Console.WriteLine($"{item.Count} {item.Bytes} {payload.IsShared}");
}

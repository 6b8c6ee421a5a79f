using EdgeHost.Benchmarks.Transport.Cases;
using EdgeHost.Client;
using TestPlugins.Transport;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>Calls that block, whose payload was made in shared memory, as a camera or a decoder would.</summary>
internal sealed class InPlaceOurs(EdgeHostClient client) : OursContender(client)
{
    private Exchange? _exchange;
    private SharedBuffer? _buffer;

    public override string Name => InPlace;

    public override bool Blocks => true;

    public override bool Fits(TransportCase measured) => measured.InFlight == 1 && measured.Exchange.Payload.Length >= LeastRegionBytes;

    public override async ValueTask PrepareAsync(TransportCase measured)
    {
        if (ReferenceEquals(_exchange, measured.Exchange)) return;
        _buffer?.Dispose();
        _exchange = measured.Exchange;
        _buffer = await Client.RentBufferAsync(measured.Exchange.Payload.Length);
        if (!_buffer.IsShared) throw new InvalidOperationException("There is no shared memory here.");
        measured.Exchange.Payload.CopyTo(_buffer.Span);
    }

    public override ValueTask CallAsync(Exchange exchange)
    {
        Check(Client.Call<TakeRequest, TakeResponse>(Take, new TakeRequest { Payload = _buffer!.Memory }), exchange);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        _buffer?.Dispose();
        await base.DisposeAsync();
    }
}

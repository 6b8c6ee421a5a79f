#!/usr/bin/perl
# Does what a conformance case tells a client to do; see sdk/conformance/README.md.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use IO::Select;
use JSON::PP;
use EdgeHost;

use constant SHORTEST_REPEAT => 1024;

my $json = JSON::PP->new->utf8->canonical->allow_nonref;
my (%connections, %calls);
my $commands = '';

$| = 1;
binmode STDOUT;
$SIG{PIPE} = 'IGNORE';

while (1) {
    my $read = IO::Select->new(\*STDIN);
    my $write = IO::Select->new;
    for my $host (grep { !$_->{end} } values %connections) {
        $read->add($host->socket);
        $write->add($host->socket) if $host->wants_to_write;
    }
    my ($readable, $writable) = IO::Select->select($read, $write->count ? $write : undef, undef);
    for my $handle (@{ $readable // [] }) {
        if ($handle == \*STDIN) {
            sysread(STDIN, $commands, 1 << 20, length $commands) or exit;
            while ($commands =~ s/^(.*)\n//) { run($json->decode($1)) }
        } else {
            $_->on_readable for grep { !$_->{end} && $_->socket == $handle } values %connections;
        }
    }
    for my $handle (@{ $writable // [] }) {
        $_->on_writable for grep { !$_->{end} && $_->socket == $handle } values %connections;
    }
}

sub run {
    my ($command) = @_;
    my $do = $command->{do};
    my $of = $command->{of};
    if ($do eq 'reset') {
        $_->close for values %connections;
        %connections = %calls = ();
        tell_event('reset', 'done');
    } elsif ($do eq 'connect') {
        connect_host($command);
    } elsif ($do eq 'call' || $do eq 'stream' || $do eq 'open') {
        my $name = $command->{as};
        $calls{$name} = [
            $connections{ $command->{on} },
            $connections{ $command->{on} }->call(
                $do, $command->{method}, from_notation($command->{body}), $command->{context}, sub { tell_outcome($name, @_) }),
        ];
    } elsif ($do eq 'take') {
        $calls{$of}[0]->take($calls{$of}[1]);
    } elsif ($do eq 'push') {
        $calls{$of}[0]->push_item($calls{$of}[1], from_notation($command->{item}));
    } elsif ($do eq 'end') {
        $calls{$of}[0]->end_pushes($calls{$of}[1]);
    } elsif ($do eq 'cancel') {
        my ($host, $call) = @{ $calls{$of} };
        $host->cancel($call);
        $host->take($call) if $call->{kind} ne 'call';
    } elsif ($do eq 'close') {
        $connections{$of}->close;
        tell_event($of, 'closed');
    } elsif ($do eq 'await_closed') {
        my $host = $connections{$of};
        $host->{end} ? tell_event($of, 'closed') : ($host->{on_closed} = sub { tell_event($of, 'closed') });
    } else {
        tell_event($of // '?', 'unsupported');
    }
}

sub connect_host {
    my ($command) = @_;
    my $name = $command->{as};
    my $host = eval {
        EdgeHost->connect(
            endpoint => $command->{endpoint}, app => $command->{app}, token => $command->{token}, on_closed => sub { },
            on => sub {
                my ($event, $value) = @_;
                if ($event eq 'result') { tell_event($name, 'connected', host_version => $value->{host_version}, session => $value->{session}) }
                elsif ($event eq 'error') { tell_outcome($name, $event, $value) }
            });
    };
    if ($host) { $connections{$name} = $host }
    else { tell_outcome($name, 'error', ref $@ ? $@ : EdgeHost::error('internal', "$@")) }
}

sub tell_outcome {
    my ($of, $event, $value) = @_;
    if ($event eq 'error') {
        tell_event($of, 'error', map { $_ => to_notation($value->{$_}) } qw(code message retry_after_ms details));
    } elsif ($event eq 'pushed') {
        tell_event($of, 'pushed');
    } else {
        tell_event($of, $event, value => to_notation($value));
    }
}

sub tell_event {
    my ($of, $event, %facts) = @_;
    print $json->encode({ of => $of, event => $event, %facts }), "\n";
}

sub from_notation {
    my ($value) = @_;
    return [map { from_notation($_) } @$value] if ref $value eq 'ARRAY';
    return $value if ref $value ne 'HASH';
    if (keys %$value == 1) {
        my ($form, $what) = %$value;
        if ($form eq '$bin') { my $bytes = pack 'H*', $what; return bless \$bytes, 'MsgPack::Bin' }
        if ($form eq '$bin_repeat') { my $bytes = pack('H*', $what->[0]) x $what->[1]; return bless \$bytes, 'MsgPack::Bin' }
        if ($form eq '$str_repeat') { return $what->[0] x $what->[1] }
        if ($form eq '$int') { my $n = $what + 0; return bless \$n, 'MsgPack::Integer' }
        if ($form eq '$float') { my $n = $what + 0; return bless \$n, 'MsgPack::Float' }
    }
    return { map { $_ => from_notation($value->{$_}) } keys %$value };
}

sub to_notation {
    my ($value) = @_;
    my $type = ref $value;
    return [map { to_notation($_) } @$value] if $type eq 'ARRAY';
    return { map { $_ => to_notation($value->{$_}) } keys %$value } if $type eq 'HASH';
    if ($type eq 'MsgPack::Bin') {
        my $n = length $$value;
        my $first = $n ? substr $$value, 0, 1 : '';
        return { '$bin_repeat' => [unpack('H*', $first), $n] } if $n >= SHORTEST_REPEAT && $$value eq $first x $n;
        return { '$bin' => unpack 'H*', $$value };
    }
    return { '$float' => $$value + 0 } if $type eq 'MsgPack::Float';
    return { '$ext' => [$value->{type}, unpack 'H*', $value->{data}] } if $type eq 'MsgPack::Ext';
    return $value;
}

package EdgeHost;

# A client of EdgeHost written from docs/protocol.md alone. It never blocks: whoever owns it waits for its socket and calls on_readable and
# on_writable. Answers come through callbacks: ($event, $value), where the event is result, item, info, pushed or error.

use strict;
use warnings;
use Errno qw(EAGAIN EWOULDBLOCK EINTR);
use IO::Socket::UNIX;
use MsgPack;

use constant { MOST_FRAME => 64 * 1024 * 1024, MOST_DEPTH => 64, REGION_THRESHOLD => 64 * 1024, READ => 256 * 1024, MOST_PUSHED => 8 * 1024 * 1024 };

sub connect {
    my ($class, %options) = @_;
    my $self = bless {
        frames => MsgPack::Frames->new(MOST_FRAME, MOST_DEPTH),
        out => '', calls => {}, last_id => 0, waiting => [], free => 256, credit => 16, frame_bytes => MOST_FRAME, push_bytes => MOST_PUSHED,
        region_bytes => 0, regions => 0, on_closed => $options{on_closed},
    }, $class;
    $self->{socket} = IO::Socket::UNIX->new(Peer => $options{endpoint})
        or die error('unavailable', "No host runs at '$options{endpoint}'. Start one with `edgehost serve`.");
    $self->{socket}->blocking(0);
    my %hello = (protocol => 1, app => $options{app}, client => 'stranger-perl/1');
    $hello{token} = $options{token} if defined $options{token};
    $self->_request({ kind => 'hello', on => sub {
        my ($event, $value) = @_;
        if ($event eq 'result') {
            my $limits = $value->{limits} // {};
            $self->{free} = $limits->{in_flight_calls} || 256;
            $self->{frame_bytes} = $limits->{frame_bytes} || MOST_FRAME;
            $self->{credit} = $value->{credit} || 16;
            $self->{push_bytes} = $limits->{push_bytes} || MOST_PUSHED;
            $self->{region_bytes} = $limits->{region_bytes} || 0;
            $self->{regions} = $limits->{regions} || 0;
        }
        $options{on}->($event, $value);
        $self->close('The host refused hello.') if $event eq 'error';
    } }, 'host.hello', \%hello);
    return $self;
}

sub error {
    my ($code, $message, %more) = @_;
    return { code => $code, message => $message, %more };
}

sub socket { $_[0]{socket} }
sub wants_to_write { length $_[0]{out} > 0 }

# Begins a call. Waits its turn when as many are in flight as the host takes.
sub call {
    my ($self, $kind, $method, $body, $context, $on) = @_;
    my $call = { kind => $kind, on => $on, items => [], takers => 0, taken => 0, push_credit => $self->{credit}, pushes => [], pushed => [], pushed_bytes => 0 };
    if (my $refusal = $self->{end} // $self->{going_away}) {
        $self->_fail($call, error('unavailable', $refusal->{message}));
    } elsif ($self->{free} > 0) {
        $self->{free}--;
        $self->_place($call, $method, $body, $context);
    } else {
        push @{ $self->{waiting} }, [$call, $method, $body, $context];
    }
    return $call;
}

# Asks for the next item of a stream; it comes as an event.
sub take {
    my ($self, $call) = @_;
    $call->{takers}++;
    $self->_deliver($call);
}

# Sends an item once there is credit.
sub push_item {
    my ($self, $call, $item) = @_;
    return $call->{on}->('error', $call->{outcome}[1]) if $call->{outcome} && $call->{outcome}[0] eq 'error';
    return $call->{on}->('error', error('failed_precondition', 'The call takes no items any more.')) if $call->{outcome} || $call->{ended};
    push @{ $call->{pushes} }, $item;
    $self->_push_waiting($call);
}

sub end_pushes {
    my ($self, $call) = @_;
    return if $call->{ended}++;
    $self->_push_waiting($call);
}

# Stops a call on the host. Its id stays taken until the host has answered.
sub cancel {
    my ($self, $call, $reason) = @_;
    return if $call->{outcome};
    $self->_send([2, '$/cancel', [0 + $call->{id}]]) if defined $call->{id};
    $self->_fail($call, $reason // error('cancelled', 'The call was cancelled.'));
}

sub close {
    my ($self, $why) = @_;
    $self->_finish(error('unavailable', $why // 'The client was closed.'));
}

sub on_readable {
    my ($self) = @_;
    my $read = sysread $self->{socket}, my $bytes, READ;
    if (!defined $read) {
        return if $!{EAGAIN} || $!{EWOULDBLOCK} || $!{EINTR};
        return $self->_finish(error('unavailable', "The connection to the host was lost: $!."));
    }
    return $self->_finish(error('unavailable', 'The host closed the connection.')) if $read == 0;
    $self->{frames}->add($bytes);
    eval {
        while (defined(my $frame = $self->{frames}->next)) {
            $self->_on_message(MsgPack::decode($frame));
            last if $self->{end};
        }
        1;
    } or $self->_finish(error('unavailable', $@ =~ s/^unavailable: //r));
}

sub on_writable {
    my ($self) = @_;
    return if $self->{end};
    my $written = syswrite $self->{socket}, $self->{out};
    if (defined $written) {
        substr $self->{out}, 0, $written, '';
    } elsif (!$!{EAGAIN} && !$!{EWOULDBLOCK} && !$!{EINTR}) {
        # What the host said before it closed may still be there to be read.
        $self->{out} = '';
    }
}

sub _send {
    my ($self, $message) = @_;
    return if $self->{end};
    $self->{out} .= MsgPack::encode($message);
    $self->on_writable;
}

sub _request {
    my ($self, $call, $method, $body, $context) = @_;
    do { $self->{last_id} = ($self->{last_id} + 1) & 0xffffffff } while exists $self->{calls}{ $self->{last_id} };
    my $id = $self->{last_id};
    my $bytes = MsgPack::encode([0, 0 + $id, $method, [$body, $context && %$context ? $context : ()]]);
    if (length $bytes > $self->{frame_bytes}) {
        $self->_release($call);
        return $self->_fail($call, error('invalid_argument', "The request is larger than the $self->{frame_bytes} bytes of a frame."));
    }
    $call->{id} = $id;
    $self->{calls}{$id} = $call;
    $self->{out} .= $bytes;
    $self->on_writable;
}

sub _on_message {
    my ($self, $message) = @_;
    die "unavailable: the host sent no message\n" unless ref $message eq 'ARRAY' && @$message;
    my ($kind, @rest) = @$message;
    if ($kind == 1 && @rest == 3) {
        my ($id, $error, $result) = @rest;
        my $call = delete $self->{calls}{$id} or return;
        $self->_release($call);
        return if $call->{outcome};
        if (defined $error) {
            $self->_fail($call, _read_error($error));
        } elsif ($call->{kind} eq 'stream' || $call->{kind} eq 'open') {
            $call->{outcome} = ['result', $result];
            $call->{pushes} = [];
            $self->_deliver($call);
        } else {
            $call->{on}->('info', $call->{info}) if $call->{info};
            $call->{outcome} = ['result', $result];
            $call->{on}->('result', $result);
        }
    } elsif ($kind == 2 && @rest == 2 && ref $rest[1] eq 'ARRAY') {
        $self->_on_notification($rest[0], @{ $rest[1] });
    } else {
        die "unavailable: the host sent neither a response nor a notification\n";
    }
}

sub _on_notification {
    my ($self, $name, @params) = @_;
    if ($name eq '$/going_away') {
        $self->{going_away} = _read_error($params[0]);
        return;
    }
    return unless @params >= 2 && defined $params[0] && !ref $params[0];
    my $call = $self->{calls}{ $params[0] } or return;
    return if $call->{outcome};
    if ($name eq '$/item') {
        if ($call->{kind} ne 'stream' && $call->{kind} ne 'open') {
            $self->cancel($call, error('internal', 'The host sent an item to a call that is no stream.'));
        } elsif (@{ $call->{items} } >= $self->{credit}) {
            $self->cancel($call, error('internal', 'The host sent more items than it has credit for.'));
        } else {
            push @{ $call->{items} }, $params[1];
            $self->_deliver($call);
        }
    } elsif ($name eq '$/credit') {
        $call->{push_credit} += $params[1];
        $call->{pushed_bytes} -= $_ for splice @{ $call->{pushed} }, 0, $params[1] < @{ $call->{pushed} } ? $params[1] : scalar @{ $call->{pushed} };
        $self->_push_waiting($call);
    } elsif ($name eq '$/info') {
        $call->{info} = $params[1];
    }
}

sub _deliver {
    my ($self, $call) = @_;
    while ($call->{takers} > 0) {
        if (@{ $call->{items} }) {
            $call->{takers}--;
            my $item = shift @{ $call->{items} };
            if (++$call->{taken} >= int(($self->{credit} + 1) / 2) && !$call->{outcome}) {
                $self->_send([2, '$/credit', [0 + $call->{id}, $call->{taken}]]);
                $call->{taken} = 0;
            }
            $call->{on}->('item', $item);
        } elsif ($call->{outcome}) {
            $call->{takers}--;
            $call->{on}->(@{ $call->{outcome} });
        } else {
            return;
        }
    }
}

sub _push_waiting {
    my ($self, $call) = @_;
    return unless defined $call->{id};
    while (@{ $call->{pushes} } && $call->{push_credit} > 0 && $call->{pushed_bytes} < $self->{push_bytes} && !$call->{outcome}) {
        my $item = shift @{ $call->{pushes} };
        my $bytes = length MsgPack::encode($item);
        $call->{push_credit}--;
        $call->{pushed_bytes} += $bytes;
        push @{ $call->{pushed} }, $bytes;
        $self->_send([2, '$/push', [0 + $call->{id}, $item]]);
        $call->{on}->('pushed');
    }
    if ($call->{ended} && !@{ $call->{pushes} } && !$call->{outcome} && !$call->{end_sent}++) {
        $self->_send([2, '$/end', [0 + $call->{id}]]);
    }
}

sub _fail {
    my ($self, $call, $error) = @_;
    return if $call->{outcome};
    $call->{outcome} = ['error', $error];
    if ($call->{kind} ne 'stream' && $call->{kind} ne 'open') {
        $call->{on}->('error', $error);
    } else {
        $call->{on}->('error', $error) for splice @{ $call->{pushes} };
        $self->_deliver($call);
    }
}

sub _release {
    my ($self, $call) = @_;
    if ($call->{is_placed} && --$self->{region}{users} == 0) { $self->{region}{used} = 0 }
    return if $call->{kind} eq 'hello';
    $self->{free}++;
    if (my $next = shift @{ $self->{waiting} }) {
        $self->{free}--;
        $self->_place(@$next);
    }
}

sub _finish {
    my ($self, $error) = @_;
    return if $self->{end};
    $self->{end} = $self->{going_away} // $error;
    $self->{socket}->close;
    my @calls = (values %{ $self->{calls} }, map { $_->[0] } @{ $self->{waiting} });
    $self->{calls} = {};
    $self->{waiting} = [];
    $self->_fail($_, error('unavailable', $self->{end}{message})) for @calls;
    $self->{on_closed}->();
}

sub _read_error {
    my ($error) = @_;
    return error('internal', "$error") if defined $error && !ref $error;
    return error('internal', 'The host sent an error without a message.') if ref $error ne 'HASH';
    my %known = map { $_ => 1 } qw(cancelled invalid_argument deadline_exceeded not_found already_exists permission_denied
        resource_exhausted failed_precondition aborted unimplemented internal unavailable data_loss unauthenticated);
    my $code = $error->{code} // '';
    return error($known{$code} ? $code : 'internal', $error->{message} // '', retry_after_ms => $error->{retry_after_ms}, details => $error->{details} // {});
}

# Puts large binaries of the body into the region of this connection, which the first of them opens. Where there is none, nothing changes.
sub _place {
    my ($self, $call, $method, $body, $context) = @_;
    my $large = ref $body eq 'HASH' && grep { ref $_ eq 'MsgPack::Bin' && length $$_ >= REGION_THRESHOLD } values %$body;
    if (!$large || $self->{regions} <= 0 || $self->{region}{is_refused}) { return $self->_request($call, $method, $body, $context) }
    if ($self->{region}{file}) { return $self->_request($call, $method, $self->_placed($call, $body), $context) }
    push @{ $self->{region}{waiting} }, [$call, $method, $body, $context];
    return if @{ $self->{region}{waiting} } > 1;
    $self->_request({ kind => 'hello', on => sub {
        my ($event, $value) = @_;
        return if $event eq 'info';
        if ($event eq 'result' && !$self->_open($value)) {
            $self->{region}{is_refused} = 1;
            $self->_request({ kind => 'hello', on => sub { } }, 'host.close_region', { region => $value->{region} });
        } elsif ($event eq 'error') {
            $self->{region}{is_refused} = 1;
        }
        $self->_place(@$_) for splice @{ $self->{region}{waiting} };
    } }, 'host.open_region', { bytes => $self->{region_bytes} < 16 * 1024 * 1024 ? $self->{region_bytes} : 16 * 1024 * 1024 });
}

# Only a memory file of just the announced size can be the host's: in a container the number may be another process's.
sub _open {
    my ($self, $answer) = @_;
    my $path = $answer->{path} // '';
    return 0 unless $path =~ m{^/proc/\d+/fd/\d+$} && (readlink($path) // '') =~ m{^/memfd:};
    open my $file, '+<:raw', $path or return 0;
    return 0 unless -s $file == $answer->{bytes};
    $self->{region} = { %{ $self->{region} }, id => $answer->{region}, file => $file, bytes => $answer->{bytes}, used => 0, users => 0 };
    return 1;
}

sub _placed {
    my ($self, $call, $body) = @_;
    my $region = $self->{region};
    my %placed = %$body;
    for my $key (keys %placed) {
        my $value = $placed{$key};
        next unless ref $value eq 'MsgPack::Bin' && length $$value >= REGION_THRESHOLD && $region->{used} + length $$value <= $region->{bytes};
        sysseek $region->{file}, $region->{used}, 0;
        next unless (syswrite($region->{file}, $$value) // 0) == length $$value;
        $placed{$key} = bless { type => 1, data => pack('N Q> N', $region->{id}, $region->{used}, length $$value) }, 'MsgPack::Ext';
        $region->{used} += length $$value;
        $region->{users}++ unless $call->{is_placed}++;
    }
    return \%placed;
}

1;

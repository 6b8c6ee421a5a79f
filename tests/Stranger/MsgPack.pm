package MsgPack;

# MessagePack with nothing but Perl: values to bytes, bytes to values, and where a value ends in what has arrived so far.
#
# nil is undef, numbers are numbers that were never used as text, booleans are those of JSON::PP, text is a character string, binaries are MsgPack::Bin, floats MsgPack::Float, extensions
# MsgPack::Ext, arrays and maps are references.

use strict;
use warnings;
use B ();
use JSON::PP ();

sub encode {
    my ($value) = @_;
    return "\xc0" unless defined $value;
    my $type = ref $value;
    if ($type eq '') {
        my $flags = B::svref_2object(\$value)->FLAGS;
        if (!($flags & B::SVp_POK) && $flags & B::SVp_IOK) { return _integer($value) }
        if (!($flags & B::SVp_POK) && $flags & B::SVp_NOK) { return pack 'C d>', 0xcb, $value }
        my $bytes = $value;
        utf8::encode($bytes);
        my $n = length $bytes;
        return pack('C', 0xa0 | $n) . $bytes if $n < 32;
        return _length($n, 0xd9, 0xda, 0xdb) . $bytes;
    }
    if ($type eq 'ARRAY') {
        my $n = @$value;
        my $head = $n < 16 ? pack('C', 0x90 | $n) : $n < 65536 ? pack('C n', 0xdc, $n) : pack('C N', 0xdd, $n);
        return join '', $head, map { encode($_) } @$value;
    }
    if ($type eq 'HASH') {
        my $n = keys %$value;
        my $head = $n < 16 ? pack('C', 0x80 | $n) : $n < 65536 ? pack('C n', 0xde, $n) : pack('C N', 0xdf, $n);
        return join '', $head, map { my $key = "$_"; (encode($key), encode($value->{$_})) } sort keys %$value;
    }
    if (JSON::PP::is_bool($value)) { return $value ? "\xc3" : "\xc2" }
    if ($type eq 'MsgPack::Bin') { return _length(length $$value, 0xc4, 0xc5, 0xc6) . $$value }
    if ($type eq 'MsgPack::Float') { return pack 'C d>', 0xcb, $$value }
    if ($type eq 'MsgPack::Integer') { return _integer($$value) }
    if ($type eq 'MsgPack::Ext') {
        my $n = length $value->{data};
        return pack('C c', 0xd8, $value->{type}) . $value->{data} if $n == 16;
        return _length($n, 0xc7, 0xc8, 0xc9) . pack('c', $value->{type}) . $value->{data};
    }
    die "invalid_argument: a $type cannot be sent\n";
}

sub decode {
    my ($bytes) = @_;
    my $at = 0;
    return _read(\$bytes, \$at);
}

sub _integer {
    my ($n) = @_;
    if ($n >= 0) {
        return pack 'C', $n if $n < 128;
        return pack 'C C', 0xcc, $n if $n < 256;
        return pack 'C n', 0xcd, $n if $n < 65536;
        return pack 'C N', 0xce, $n if $n <= 0xffffffff;
        return pack 'C Q>', 0xcf, $n;
    }
    return pack 'c', $n if $n >= -32;
    return pack 'C c', 0xd0, $n if $n >= -128;
    return pack 'C s>', 0xd1, $n if $n >= -32768;
    return pack 'C l>', 0xd2, $n if $n >= -2147483648;
    return pack 'C q>', 0xd3, $n;
}

sub _length {
    my ($n, $tag8, $tag16, $tag32) = @_;
    return $n < 256 ? pack('C C', $tag8, $n) : $n < 65536 ? pack('C n', $tag16, $n) : pack('C N', $tag32, $n);
}

my %number = (
    0xca => ['f>', 4], 0xcb => ['d>', 8], 0xcc => ['C', 1], 0xcd => ['n', 2], 0xce => ['N', 4], 0xcf => ['Q>', 8],
    0xd0 => ['c', 1], 0xd1 => ['s>', 2], 0xd2 => ['l>', 4], 0xd3 => ['q>', 8],
);
my %width = (
    0xc4 => ['C', 1], 0xc5 => ['n', 2], 0xc6 => ['N', 4], 0xc7 => ['C', 1], 0xc8 => ['n', 2], 0xc9 => ['N', 4],
    0xd9 => ['C', 1], 0xda => ['n', 2], 0xdb => ['N', 4], 0xdc => ['n', 2], 0xdd => ['N', 4], 0xde => ['n', 2], 0xdf => ['N', 4],
);

sub _read {
    my ($bytes, $at) = @_;
    my $tag = ord substr $$bytes, $$at++, 1;
    return $tag if $tag < 0x80;
    return $tag - 256 if $tag >= 0xe0;
    return _map($bytes, $at, $tag & 15) if $tag < 0x90;
    return _array($bytes, $at, $tag & 15) if $tag < 0xa0;
    return _text($bytes, $at, $tag & 31) if $tag < 0xc0;
    return undef if $tag == 0xc0;
    return JSON::PP::false if $tag == 0xc2;
    return JSON::PP::true if $tag == 0xc3;
    if (my $form = $number{$tag}) {
        my $n = unpack $form->[0], substr $$bytes, $$at, $form->[1];
        $$at += $form->[1];
        return $tag < 0xcc ? bless \$n, 'MsgPack::Float' : $n;
    }
    return _ext($bytes, $at, 1 << ($tag - 0xd4)) if $tag >= 0xd4 && $tag <= 0xd8;
    my $form = $width{$tag};
    my $n = unpack $form->[0], substr $$bytes, $$at, $form->[1];
    $$at += $form->[1];
    return _map($bytes, $at, $n) if $tag >= 0xde;
    return _array($bytes, $at, $n) if $tag >= 0xdc;
    return _text($bytes, $at, $n) if $tag >= 0xd9;
    return _ext($bytes, $at, $n) if $tag >= 0xc7;
    my $binary = substr $$bytes, $$at, $n;
    $$at += $n;
    return bless \$binary, 'MsgPack::Bin';
}

sub _text {
    my ($bytes, $at, $n) = @_;
    my $text = substr $$bytes, $$at, $n;
    $$at += $n;
    utf8::decode($text) or die "unavailable: the host sent a text that is not UTF-8\n";
    return $text;
}

sub _array {
    my ($bytes, $at, $n) = @_;
    my @values;
    push @values, _read($bytes, $at) for 1 .. $n;
    return \@values;
}

sub _map {
    my ($bytes, $at, $n) = @_;
    my %fields;
    for (1 .. $n) {
        my $key = _read($bytes, $at);
        $key = ref $key ? 'unreadable key' : $key // 'nil';
        $fields{$key} = _read($bytes, $at);
    }
    return \%fields;
}

sub _ext {
    my ($bytes, $at, $n) = @_;
    my ($type) = unpack 'c', substr $$bytes, $$at, 1;
    my $data = substr $$bytes, $$at + 1, $n;
    $$at += $n + 1;
    return bless { type => $type, data => $data }, 'MsgPack::Ext';
}

package MsgPack::Frames;

# Cuts what arrives into values. Goes on where it stopped, and checks every claimed length, count and depth before it waits for it.

sub new {
    my ($class, $most_bytes, $most_depth) = @_;
    my $self = bless { buffer => '', most_bytes => $most_bytes, most_depth => $most_depth }, $class;
    return $self->_restart;
}

sub add { $_[0]{buffer} .= $_[1] }

# The bytes of the next value, or undef while it is not complete. Dies for what is no MessagePack or beyond a limit.
sub next {
    my ($self) = @_;
    my $size = length $self->{buffer};
    my ($at, $pending, $open) = @$self{qw(at pending open)};
    while (1) {
        last if $at >= $size;
        my $tag = ord substr $self->{buffer}, $at, 1;
        my ($head, $payload, $values) = (1, 0, 0);
        if ($tag < 0x80 || $tag >= 0xe0 || $tag == 0xc0 || $tag == 0xc2 || $tag == 0xc3) { }
        elsif ($tag < 0x90) { $values = 2 * ($tag & 15) }
        elsif ($tag < 0xa0) { $values = $tag & 15 }
        elsif ($tag < 0xc0) { $payload = $tag & 31 }
        elsif (my $form = $number{$tag}) { $payload = $form->[1] }
        elsif ($tag >= 0xd4 && $tag <= 0xd8) { $payload = 1 + (1 << ($tag - 0xd4)) }
        elsif ($form = $width{$tag}) {
            $head += $form->[1];
            last if $at + $head > $size;
            my $n = unpack $form->[0], substr $self->{buffer}, $at + 1, $form->[1];
            if ($tag >= 0xde) { $values = 2 * $n }
            elsif ($tag >= 0xdc) { $values = $n }
            else { $payload = $n + ($tag >= 0xc7 && $tag <= 0xc9 ? 1 : 0) }
        }
        else { die "unavailable: the host sent what is not MessagePack\n" }

        die "unavailable: the host sent a message of more than $self->{most_bytes} bytes\n" if $at + $head + $payload + $values > $self->{most_bytes};
        last if $at + $head + $payload > $size;
        $at += $head + $payload;
        if ($values) {
            die "unavailable: the host sent a message of more than $self->{most_depth} levels\n" if @$open >= $self->{most_depth};
            push @$open, $pending;
            $pending = $values;
            next;
        }
        $pending--;
        $pending = pop(@$open) - 1 while $pending == 0 && @$open;
        if ($pending == 0) {
            my $frame = substr $self->{buffer}, 0, $at, '';
            $self->_restart;
            return $frame;
        }
    }
    @$self{qw(at pending)} = ($at, $pending);
    return undef;
}

sub _restart {
    my ($self) = @_;
    @$self{qw(at pending open)} = (0, 1, []);
    return $self;
}

1;

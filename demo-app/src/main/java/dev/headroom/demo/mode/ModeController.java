package dev.headroom.demo.mode;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /mode?to=OPTIMISED} turns the service's {@code /api} routes; the twins below /naive and /optimised stay. */
@RestController
@RequestMapping("/mode")
class ModeController {
    private final ModeSwitch modeSwitch;

    ModeController(ModeSwitch modeSwitch) {
        this.modeSwitch = modeSwitch;
    }

    @GetMapping
    Answer mode() {
        return new Answer(modeSwitch.mode());
    }

    @PostMapping
    Answer turn(@RequestParam Mode to) {
        modeSwitch.turn(to);
        return new Answer(to);
    }

    record Answer(Mode mode) {}
}
